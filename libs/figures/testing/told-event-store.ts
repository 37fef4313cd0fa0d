import type { EventStore } from '#event-store/event-store.js';
import { DomainError } from '#kernel/errors.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { START, type Position } from '#kernel/position.js';
import { uuid } from './recorded.js';

/** As much of an event store as questions ask, over events told in a spec. */
export function toldEventStore(events: readonly RecordedEvent[]): EventStore {
  const lastBefore = (isBefore: (event: RecordedEvent) => boolean): RecordedEvent | undefined =>
    events.findLast(isBefore);
  const no = (): never => {
    throw new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', 'a told ledger only answers questions');
  };
  return {
    ledgerId: uuid(0),
    append: no,
    read: no,
    readStream: async (stream) => events.filter((event) => event.stream === stream),
    readAll: async function* ({ after = START, upTo }) {
      const to = upTo ?? events.at(-1)?.position ?? START;
      await Promise.resolve();
      yield { events: events.filter(({ position }) => position > after && position <= to), to };
    },
    subscribe: no,
    streamsOfLead: no,
    head: async () => events.at(-1)?.position ?? START,
    positionAt: async (moment) => lastBefore((event) => event.recordedAt <= moment)?.position ?? START,
    recordedAtOf: async (position: Position) => lastBefore((event) => event.position <= position)?.recordedAt ?? null,
    firstRecordedAt: async () => events[0]?.recordedAt ?? null,
    clockLag: async () => 0,
    close: async () => undefined,
  };
}
