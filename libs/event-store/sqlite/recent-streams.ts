import type { Actor, NewEvent, RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { positionOf, type Position } from '#kernel/position.js';
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
  /** The same where it is remembered, else null. */
  known(stream: string, version: number): readonly RecordedEvent[] | null;
  committed(append: Append, placed: Placed): void;
  forget(): void;
}

export function newRecentStreams(): RecentStreams {
  const streams = new Map<string, readonly RecordedEvent[]>();
  let events = 0;
  let valid = -1;

  function remember(stream: string, now: readonly RecordedEvent[]): void {
    events += now.length - (streams.get(stream)?.length ?? 0);
    streams.set(stream, now);
    // The first in the map has been there longest.
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

  function known(stream: string, version: number): readonly RecordedEvent[] | null {
    if (version !== valid) {
      forget();
      valid = version;
    }
    return streams.get(stream) ?? null;
  }

  return {
    known,
    get(stream, version, read) {
      const there = known(stream, version);
      if (there !== null) return there;
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
function recordedOf(append: Append, placed: Placed): RecordedEvent[] {
  const ahead = append.events.length - 1;
  // The events of one append stand next to each other.
  return append.events.map((event, index) => new AppendedEvent(event, append, placed, index, index - ahead));
}

class AppendedEvent implements RecordedEvent {
  private parsed: unknown = undefined;

  constructor(
    private readonly event: NewEvent,
    private readonly append: Append,
    private readonly placed: Placed,
    private readonly index: number,
    /** From the last event of the append: 0, -1, -2, ... */
    private readonly offset: number,
  ) {}

  get stream(): string {
    return this.append.stream;
  }
  get revision(): number {
    return this.placed.revision + this.offset;
  }
  get position(): Position {
    return positionOf(this.placed.position + BigInt(this.offset));
  }
  get recordedAt(): Instant {
    return this.event.recordedAt ?? this.placed.stamp;
  }
  data(): unknown {
    return (this.parsed ??= JSON.parse(this.append.payloads[this.index] ?? 'null') as unknown);
  }
  get eventId(): Uuid {
    return this.event.eventId;
  }
  get type(): string {
    return this.event.type;
  }
  get schemaVersion(): number {
    return this.event.schemaVersion;
  }
  get commandId(): Uuid {
    return this.event.commandId;
  }
  get commandDigest(): string {
    return this.event.commandDigest;
  }
  get correlationId(): string {
    return this.event.correlationId;
  }
  get causationId(): string | null {
    return this.event.causationId;
  }
  get actor(): Actor {
    return this.event.actor;
  }
  get leadId(): Uuid | null {
    return this.event.leadId;
  }
  get pass(): number | null {
    return this.event.pass;
  }
  get occurredAt(): Instant {
    return this.event.occurredAt;
  }
  get meta(): RecordedEvent['meta'] {
    return this.event.meta ?? null;
  }
}
