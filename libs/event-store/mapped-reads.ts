import type { Actor, RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { isCaughtUp, type EventStore, type Page } from './event-store.js';

/** Gives the event itself back where there is nothing to change: most events pass through untouched. */
export type EventMap = (event: RecordedEvent) => RecordedEvent;

/**
 * The same store with every event that it gives going through `map`; what decorators of the reading side are made of. `before` is awaited
 * before events are given.
 */
export function withMappedReads(
  store: EventStore,
  map: EventMap,
  before?: (events: readonly RecordedEvent[]) => Promise<void>,
): EventStore {
  // A store may give the same event again to each decision on its stream: what was made of it, a parsed payload above all, is kept.
  const mapped = new WeakMap<RecordedEvent, RecordedEvent>();
  const mapOnce = (event: RecordedEvent): RecordedEvent => {
    let known = mapped.get(event);
    if (known === undefined) {
      known = map(event);
      if (known !== event) mapped.set(event, known);
    }
    return known;
  };
  const mapPage = async (page: Page): Promise<Page> => {
    await before?.(page.events);
    return { events: page.events.map(map), to: page.to };
  };
  return {
    ledgerId: store.ledgerId,
    installation: store.installation,
    append: (stream, events, options) => store.append(stream, events, options),
    appendTogether: store.appendTogether?.bind(store),
    async *read(stream, options) {
      for await (const event of store.read(stream, options)) {
        await before?.([event]);
        yield map(event);
      }
    },
    async readStream(stream, options) {
      const events = await store.readStream(stream, options);
      await before?.(events);
      return events.map(mapOnce);
    },
    async *readAll(options) {
      for await (const page of store.readAll(options)) yield await mapPage(page);
    },
    async *subscribe(options) {
      for await (const item of store.subscribe(options)) yield isCaughtUp(item) ? item : await mapPage(item);
    },
    head: () => store.head(),
    positionAt: (moment) => store.positionAt(moment),
    recordedAtOf: (position) => store.recordedAtOf(position),
    firstRecordedAt: () => store.firstRecordedAt(),
    streamsOfLead: (leadId) => store.streamsOfLead(leadId),
    schemaVersionOf: (type) => store.schemaVersionOf?.(type) ?? 1,
    positionsPerEvent: store.positionsPerEvent,
    clockLag: () => store.clockLag(),
    close: () => store.close(),
  };
}

/** An event with another payload, made from the former on first use, and perhaps in another schema version. */
export class EventWithData implements RecordedEvent {
  private made: unknown = undefined;
  readonly schemaVersion: number;

  constructor(
    private readonly event: RecordedEvent,
    private readonly make: (event: RecordedEvent) => unknown,
    schemaVersion?: number,
  ) {
    this.schemaVersion = schemaVersion ?? event.schemaVersion;
  }

  data(): unknown {
    return (this.made ??= this.make(this.event));
  }

  get eventId(): Uuid {
    return this.event.eventId;
  }
  get type(): string {
    return this.event.type;
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
  get recordedAt(): Instant {
    return this.event.recordedAt;
  }
  get meta(): Readonly<Record<string, string | number>> | null {
    return this.event.meta;
  }
  get stream(): string {
    return this.event.stream;
  }
  get revision(): number {
    return this.event.revision;
  }
  get position(): Position {
    return this.event.position;
  }
}
