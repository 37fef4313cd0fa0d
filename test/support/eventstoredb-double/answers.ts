import grpc from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, Recorded } from './log.js';

const { Metadata, status } = grpc;

export const MAX_APPEND = 1_048_576;

/** An error as the server sends it: a status, and what the client looks at first, the trailer `exception`. */
export function exception(
  code: grpc.status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): Error & Partial<grpc.StatusObject> {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const notReady = () => exception(status.UNAVAILABLE, 'Server Is Not Ready');

export const streamDeleted = (stream: string) =>
  exception(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const tooLarge = () =>
  exception(status.INVALID_ARGUMENT, 'Maximum append size exceeded', {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(MAX_APPEND),
  });

export const notLeader = (port: number) =>
  exception(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port),
  });

/** Of Delete and Tombstone; Append says it in its response. */
export const wrongVersion = (stream: string, expected: Expected, current: number | null) =>
  exception(
    status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${current ?? -1}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String({ 'no-stream': -1, any: -2, exists: -4 }[String(expected)] ?? expected),
      'actual-version': current === null ? '' : String(current),
    },
  );

export function identifier(stream: string): shared.StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
}

export const nameOf = (id: shared.StreamIdentifier | undefined): string =>
  Buffer.from(id?.getStreamName_asU8() ?? new Uint8Array()).toString('utf8');

export function uuidOf(id: shared.UUID | undefined): string {
  const structured = id?.getStructured();
  if (structured === undefined) return id?.getString() ?? '';
  const half = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function readEvent(event: Recorded): streams.ReadResp {
  const record = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  const metadata = record.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('created', (BigInt(event.created) * 10_000n).toString());
  metadata.set('content-type', event.contentType);
  const answer = new streams.ReadResp.ReadEvent().setEvent(record).setCommitPosition(String(event.position));
  return new streams.ReadResp().setEvent(answer);
}
