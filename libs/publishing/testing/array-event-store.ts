import { once } from 'node:events';
import type { CaughtUp, EventStore, Page } from '#event-store/event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';
import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { positionOf, START, type Position } from '#kernel/position.js';

export interface ArrayEventStore {
  readonly store: EventStore;
  readonly events: RecordedEvent[];
  add(stream: string, given: Partial<NewEvent>): RecordedEvent;
}

const GAP = 3n;

/** A ledger in an array, for what only reads it from front to end. Positions have gaps. `from` is where they begin. */
export function arrayEventStore(ledgerId: Uuid = freshUuid(), from = 0n): ArrayEventStore {
  const events: RecordedEvent[] = [];
  const added = new EventTarget();
  const head = (): Position => events.at(-1)?.position ?? START;

  function* pages(after: Position, to: Position, types: readonly string[] | undefined, size: number): Generator<Page> {
    const all = events.filter(({ position }) => position > after && position <= to);
    for (let at = 0; at < all.length; at += size) {
      const looked = all.slice(at, at + size);
      yield {
        events: looked.filter(({ type }) => types?.includes(type) ?? true),
        to: looked.at(-1)?.position ?? after,
      };
    }
  }
  const store: Partial<EventStore> = {
    ledgerId,
    head: async () => head(),
    async *readAll({ after = START, types, pageSize = 100 }) {
      yield* pages(after, head(), types, pageSize);
    },
    async *subscribe({ after = START, types, pageSize = 100, signal }): AsyncGenerator<Page | CaughtUp> {
      let at = after;
      while (!signal.aborted) {
        for (const page of pages(at, head(), types, pageSize)) {
          yield page;
          at = page.to;
        }
        if (head() > at) continue;
        yield { caughtUp: true, to: at };
        if (head() === at) await once(added, 'added', { signal }).catch(() => undefined);
      }
    },
  };
  return {
    // What only reads from front to end asks for nothing else.
    store: store as EventStore,
    events,
    add(stream, given) {
      const { data, meta = null, recordedAt = 1_000 * events.length, ...envelope } = anEvent(given);
      const revision = events.filter((event) => event.stream === stream).length;
      const position = positionOf(from + GAP * BigInt(events.length + 1));
      const event = { ...envelope, meta, recordedAt, stream, revision, position, data: () => data };
      events.push(event);
      added.dispatchEvent(new Event('added'));
      return event;
    },
  };
}
