import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { positionOf } from '#kernel/position.js';
import type { EventStore } from '../event-store.js';
import { anEvent } from './an-event.js';

/** A store of one stream that can only be read as a whole; `parsed` counts the payloads that were asked for. */
export function inMemoryEvents(stream: string, given: readonly Partial<NewEvent>[]) {
  const asked = new Set<number>();
  const events = given.map((each, revision): RecordedEvent => {
    const { data, meta = null, recordedAt = 0, ...envelope } = anEvent(each);
    const parse = (): unknown => {
      asked.add(revision);
      return data;
    };
    return { ...envelope, meta, recordedAt, stream, revision, position: positionOf(revision + 1), data: parse };
  });
  // Only reading a stream is called by the specs that use it.
  const store = { ledgerId: 'in-memory', readStream: async () => events } as unknown as EventStore;
  return {
    store,
    events,
    get parsed() {
      return asked.size;
    },
  };
}
