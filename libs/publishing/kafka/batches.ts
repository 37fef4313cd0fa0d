import type { PublicRecord } from '../cloud-event.js';

/** Brokers take batches of 1 MiB as they come; this leaves room for what the format adds. */
const MOST_BYTES = 600_000;
/** Lengths and deltas of a record and of each header. */
const RECORD_BYTES = 32;
const HEADER_BYTES = 4;

/** The records in order, in batches that a broker takes; one that is larger than a batch stands alone. */
export function* batchesOf(records: readonly PublicRecord[]): Generator<readonly PublicRecord[]> {
  let batch: PublicRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    if (batch.length > 0 && bytes + size > MOST_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

function sizeOf({ key, value, headers }: PublicRecord): number {
  let bytes = RECORD_BYTES + key.length + Buffer.byteLength(value);
  for (const name in headers) bytes += HEADER_BYTES + name.length + Buffer.byteLength(headers[name] ?? '');
  return bytes;
}
