import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { positionOf } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import type { Append, Placed } from './placing.js';

/** Events that are remembered in all, and thereby parsed payloads. */
const REMEMBERED = 20_000;

/**
 * Whole streams that were read or written lately: a command mostly follows another on the same lead. Valid as long as no other
 * connection has committed (`version`); our own commits extend what is remembered.
 */
export interface RecentStreams {
  /** The stream as it is now; read where it is not remembered. */
  get(stream: string, version: number, read: () => readonly RecordedEvent[]): readonly RecordedEvent[];
  committed(append: Append, placed: Placed): void;
  forget(): void;
}

export function newRecentStreams(): RecentStreams {
  const streams = new Map<string, readonly RecordedEvent[]>();
  let events = 0;
  let valid = -1;

  function remember(stream: string, now: readonly RecordedEvent[]): void {
    drop(stream);
    streams.set(stream, now);
    events += now.length;
    for (const oldest of streams.keys()) {
      if (events <= REMEMBERED) break;
      drop(oldest);
    }
  }

  function drop(stream: string): void {
    events -= streams.get(stream)?.length ?? 0;
    streams.delete(stream);
  }

  function forget(): void {
    streams.clear();
    events = 0;
  }

  return {
    get(stream, version, read) {
      if (version !== valid) {
        forget();
        valid = version;
      }
      const known = streams.get(stream);
      if (known !== undefined) return known;
      const found = read();
      if (found.length > 0) remember(stream, found);
      return found;
    },
    committed(append, placed) {
      if (placed.repeated) return;
      const first = placed.revision - append.events.length + 1;
      const before = first === 0 ? [] : streams.get(append.stream);
      // What does not continue what we remember is read afresh when it is asked for.
      if (before?.length === first) remember(append.stream, [...before, ...recordedOf(append, placed)]);
      else drop(append.stream);
    },
    forget,
  };
}

/** The events of an append as a reader would find them. */
function recordedOf({ stream, events, payloads }: Append, { revision, position, stamp }: Placed): RecordedEvent[] {
  const ahead = events.length - 1;
  return events.map((event, index) =>
    recorded(event, payloads[index] ?? 'null', {
      stream,
      revision: revision - ahead + index,
      // The events of one append stand next to each other.
      position: positionOf(position - BigInt(ahead - index)),
      recordedAt: event.recordedAt ?? stamp,
    }),
  );
}

interface Place extends Pick<RecordedEvent, 'stream' | 'revision' | 'position'> {
  readonly recordedAt: Instant;
}

function recorded(event: NewEvent, payload: string, place: Place): RecordedEvent {
  let parsed: unknown = undefined;
  return {
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    commandId: event.commandId,
    commandDigest: event.commandDigest,
    correlationId: event.correlationId,
    causationId: event.causationId,
    actor: event.actor,
    leadId: event.leadId,
    pass: event.pass,
    occurredAt: event.occurredAt,
    meta: event.meta ?? null,
    stream: place.stream,
    revision: place.revision,
    position: place.position,
    recordedAt: place.recordedAt,
    data: () => (parsed ??= JSON.parse(payload) as unknown),
  };
}
