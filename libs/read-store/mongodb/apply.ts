import { MongoBulkWriteError, type AnyBulkWriteOperation, type Collection, type Filter } from 'mongodb';
import { positionKey, type Position } from '#kernel/position.js';
import type { Batch, Write } from '../read-store.js';
import { checkpointKey, type Checkpoint } from './checkpoints.js';
import { asking, DUPLICATE_KEY, unavailable } from './connection.js';
import type { MongoDocument } from './document.js';

export interface Applied {
  readonly stale: boolean;
  readonly lost: readonly string[];
}

export interface ApplySettings {
  /** Writes sent as one command, at the most. */
  readonly partSize: number;
  outages(): number;
  onStep(step: string): void;
}

type Operation = AnyBulkWriteOperation<MongoDocument>;

/** Characters sent as one command, at the most: a message holds 48 MB. */
const PART_CHARACTERS = 12_000_000;
const UNTIL_HERE: Applied = { stale: true, lost: [] };

/**
 * Writes a batch without a transaction. All of it goes to one collection in the batch's order, the checkpoint last (compare-and-set), each
 * document guarded by the position that it was computed from; the first guard that fails ends it. So a crash of either side leaves a beginning
 * of the batch: documents that are ahead of their checkpoint and skip what they know already, and nothing that was computed from a document
 * is missing where that document is there. A batch too large for one command is sent in parts; the server must not have been away between
 * them, since it may have come back without the first.
 */
export async function applyBatch(
  collection: Collection<MongoDocument>,
  batch: Batch,
  documentOf: (write: Write) => MongoDocument,
  settings: ApplySettings,
): Promise<Applied | 'gone'> {
  const outages = batch.outages ?? settings.outages();
  const operations = batch.writes.map((write) => guarded(write, documentOf(write)));
  const ids = batch.writes.map(({ id }) => id);
  const parts = partsOf([...operations, moved(batch)], settings.partSize);
  settings.onStep('begin');
  // Typed once as documents, once as checkpoints; `_id` tells them apart.
  const checkpoints = collection as unknown as Collection<Checkpoint>;
  const stored = await asking(() => checkpoints.findOne({ _id: checkpointKey(batch.lane) }));
  if (stored === null) return 'gone';
  if (stored.at !== keyOrNull(batch.from)) return UNTIL_HERE;
  let sent = 0;
  for (const part of parts) {
    settings.onStep('write');
    if (settings.outages() !== outages) return UNTIL_HERE;
    try {
      const { matchedCount, upsertedCount } = await collection.bulkWrite(part, { ordered: true });
      // Only the checkpoint's operation may match nothing.
      if (matchedCount + upsertedCount < part.length) return UNTIL_HERE;
    } catch (error) {
      return { stale: false, lost: [lostId(error, ids, sent)] };
    }
    sent += part.length;
  }
  return { stale: false, lost: [] };
}

/** Replaces the document, or inserts it; where another position is stored the insertion fails at the `_id`. */
function guarded({ read, at }: Write, replacement: MongoDocument): Operation {
  const { _id } = replacement;
  const own = positionKey(at);
  const filter: Filter<MongoDocument> = { _id, at: read === null ? { $lte: own } : { $in: [positionKey(read), own] } };
  return { replaceOne: { filter, replacement, upsert: true } };
}

const moved = ({ lane, from, to }: Batch): Operation => ({
  updateOne: {
    // null stands in the checkpoint, never in a document.
    filter: { _id: checkpointKey(lane), at: keyOrNull(from) as string },
    update: { $set: { at: positionKey(to) } },
  },
});

const keyOrNull = (position: Position | null): string | null => (position === null ? null : positionKey(position));

function partsOf(operations: readonly Operation[], size: number): Operation[][] {
  const parts: Operation[][] = [];
  let characters = Infinity;
  for (const operation of operations) {
    const length = lengthOf(operation);
    let part = parts.at(-1);
    if (part === undefined || part.length >= size || characters + length > PART_CHARACTERS) {
      part = [];
      parts.push(part);
      characters = 0;
    }
    part.push(operation);
    characters += length;
  }
  return parts;
}

function lengthOf(operation: Operation): number {
  if (!('replaceOne' in operation)) return 100;
  const { body, s } = operation.replaceOne.replacement;
  return 300 + (typeof body === 'string' ? body.length : (body?.length() ?? 0)) + (s?.length ?? 0);
}

/** Throws whatever else went wrong: what was written of the batch is then unknown. */
function lostId(error: unknown, ids: readonly string[], sent: number): string {
  if (error instanceof MongoBulkWriteError) {
    const [first] = [error.writeErrors].flat();
    const id = first?.code === DUPLICATE_KEY ? ids[sent + first.index] : undefined;
    if (id !== undefined) return id;
  }
  throw unavailable(error instanceof Error ? error.message : String(error));
}
