import { createHash } from 'node:crypto';
import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { refused } from '#kernel/errors.js';
import { START, type Position } from '#kernel/position.js';
import type { EventStore, LedgerCopy } from './event-store.js';

export interface Copied {
  readonly events: number;
  readonly streams: number;
  /** SHA-256 over all events in order, with their streams, revisions and moments, hex: the same on both ends. */
  readonly digest: string;
  /** Events that an earlier, interrupted run had brought. */
  readonly found: number;
}

/** Events of one stream that follow each other go as one append, up to so many. */
const TOGETHER = 100;

/**
 * Fills a copy (`copyOf` of the adapters) with all events of a ledger, as they lie there: ids, revisions, order and moments are kept, payloads
 * are neither decrypted nor upcast. Goes on where it was interrupted. Both ends are read again and compared before the copy is opened for use.
 * Throws `COPY.DIFFERS` where the target is not the beginning of the source, or not the same in the end.
 */
export async function copyLedger(
  source: EventStore,
  target: LedgerCopy,
  onProgress: (copied: number) => void = () => undefined,
): Promise<Copied> {
  // 1. What is there already must be the source's beginning.
  const { found, last } = await beginning(source, target);
  let copied = found;
  let after: Position = last;

  // 2. The rest, one append after the other: their order is the ledger's.
  while ((await source.head()) > after) {
    for await (const page of source.readAll({ after })) {
      for (const events of together(page.events)) {
        const [first] = events;
        if (first === undefined) continue;
        const expected = first.revision === 0 ? 'no-stream' : first.revision - 1;
        const { revision } = await target.append(first.stream, events.map(brought), { expected });
        const last = first.revision + events.length - 1;
        if (revision !== last) throw differs(`${first.stream} is at revision ${revision}, not ${last}`);
        copied += events.length;
        onProgress(copied);
      }
      after = page.to;
    }
  }

  // 3. Both again, from the beginning.
  const [original, copy] = [await digestOf(source, after), await digestOf(target)];
  if (original.events !== copy.events) throw differs(`${copy.events} events instead of ${original.events}`);
  for (const [stream, digest] of original.streams)
    if (copy.streams.get(stream) !== digest) throw differs(`the stream ${stream} is not the same`);
  if (original.digest !== copy.digest) throw differs('the order of the events is not the same');
  await target.finishCopy();
  return { events: copy.events, streams: copy.streams.size, digest: copy.digest, found };
}

/** How many events of the source the target has, and the source's position of the last of them. */
async function beginning(source: EventStore, target: EventStore): Promise<{ found: number; last: Position }> {
  const originals = eventsOf(source);
  let found = 0;
  let last: Position = START;
  for await (const event of eventsOf(target)) {
    const { value: original, done } = await originals.next();
    if (done === true || lineOf(original) !== lineOf(event))
      throw differs(`event ${found + 1} of the target (${event.stream}#${event.revision}) is not the source's`);
    found++;
    last = original.position;
  }
  await originals.return(undefined);
  return { found, last };
}

async function* eventsOf(store: EventStore, upTo?: Position): AsyncGenerator<RecordedEvent, undefined> {
  for await (const page of store.readAll({ upTo })) yield* page.events;
  return undefined;
}

function* together(events: readonly RecordedEvent[]): Generator<RecordedEvent[]> {
  let group: RecordedEvent[] = [];
  for (const event of events) {
    if (group.length >= TOGETHER || (group.length > 0 && group[0]?.stream !== event.stream)) {
      yield group;
      group = [];
    }
    group.push(event);
  }
  yield group;
}

function brought(event: RecordedEvent): NewEvent {
  const { eventId, type, schemaVersion, commandId, commandDigest, correlationId, causationId } = event;
  const { actor, leadId, pass, occurredAt, recordedAt, meta } = event;
  return {
    ...{ eventId, type, schemaVersion, commandId, commandDigest, correlationId, causationId },
    ...{ actor, leadId, pass, occurredAt, recordedAt, meta: meta ?? undefined, data: event.data() },
  };
}

async function digestOf(store: EventStore, upTo?: Position) {
  const whole = createHash('sha256');
  const streams = new Map<string, string>();
  let events = 0;
  for await (const event of eventsOf(store, upTo)) {
    const line = lineOf(event);
    whole.update(line).update('\n');
    const before = streams.get(event.stream) ?? '';
    streams.set(event.stream, createHash('sha256').update(before).update(line).digest('base64'));
    events++;
  }
  return { events, streams, digest: whole.digest('hex') };
}

/** All of an event but its position, which is the store's. */
function lineOf(event: RecordedEvent): string {
  const { stream, revision, eventId, type, schemaVersion, commandId, commandDigest, correlationId, causationId } =
    event;
  const { actor, leadId, pass, occurredAt, recordedAt, meta } = event;
  return JSON.stringify([
    ...[stream, revision, eventId, type, schemaVersion, commandId, commandDigest, correlationId, causationId],
    ...[actor.id, actor.team, leadId, pass, occurredAt, recordedAt, meta, event.data()],
  ]);
}

const differs = (detail: string): Error =>
  refused('COPY.DIFFERS', `${detail}; the target stays closed, begin again with an empty one`);
