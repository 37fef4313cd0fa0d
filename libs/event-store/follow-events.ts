import type { RecordedEvent } from '#kernel/envelope.js';
import { START, type Position } from '#kernel/position.js';
import type { EventStore } from './event-store.js';

/** Events of some types, told once each and in order, as far as somebody has asked for them. */
export interface EventFollower {
  /** Everything of these types up to here has been told. */
  readonly position: Position;
  /** The reading under way, which may have passed the place of an event just appended; null: there is none. */
  readonly underWay: Promise<void> | null;
  /** Tells what was appended before the call. */
  refresh(): Promise<void>;
}

/**
 * Follows events that are few beside all others, for what is kept of them in memory. `take` is told each event once; it must not throw. Those who ask at once
 * share their readings.
 */
export function followEvents(
  store: Pick<EventStore, 'readAll'>,
  types: readonly string[],
  take: (event: RecordedEvent) => void,
): EventFollower {
  let position: Position = START;
  let underWay: Promise<void> | null = null;

  async function readOn(): Promise<void> {
    for await (const page of store.readAll({ after: position, types })) {
      for (const event of page.events) {
        take(event);
        position = event.position;
      }
      position = page.to;
    }
  }

  return {
    get position() {
      return position;
    },
    get underWay() {
      return underWay;
    },
    async refresh() {
      // A read under way may have passed the place of an event just appended: read once more behind it.
      while (underWay !== null) await underWay;
      underWay = readOn().finally(() => (underWay = null));
      await underWay;
    },
  };
}
