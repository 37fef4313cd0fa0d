import type { Actor, DomainEvent, NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';
import type { CommandContext, StreamCommand } from '../command-context.js';
import type { EventStore, ReadOptions } from '../event-store.js';

export type Counted = DomainEvent<'counted', { readonly by: number }>;

export const NOW = Date.UTC(2026, 2, 1);
export const ADA: Actor = { id: 'ada', team: 'sales' };

/** A command that adds amounts to a counter; `look` is told the total that it decides on. */
export function count(
  amounts: readonly number[],
  context: Partial<CommandContext> = {},
  look: (total: number) => unknown = () => null,
): StreamCommand<number, Counted> {
  return {
    id: 'counter',
    stream: 'counter-1',
    context: {
      commandId: freshUuid(),
      commandDigest: 'digest',
      correlationId: 'correlation',
      causationId: null,
      actor: ADA,
      now: NOW,
      ...context,
    },
    initialState: 0,
    evolve: add,
    decide(total) {
      look(total);
      return amounts.map((by) => ({ type: 'counted', occurredAt: NOW, leadId: null, pass: null, data: { by } }));
    },
  };
}

const add = (total: number, event: Counted): number => total + event.data.by;

/** A store of one stream; before each of the next `interfere` appends another writer gets in. `given` counts the events that reads gave. */
export function oneStream() {
  const events: RecordedEvent[] = [];
  const record = (event: NewEvent): void => {
    const { data, meta = null, recordedAt = NOW, ...envelope } = event;
    const revision = events.length;
    const position = positionOf(10 * revision + 1);
    events.push({ ...envelope, meta, recordedAt, stream: 'counter-1', revision, position, data: () => data });
  };
  const store = {
    events,
    interfere: 0,
    given: 0,
    appends: 0,
    /** What another process does. */
    interrupt: () => record(other()),
    readStream: async (_stream: string, { from = 0 }: ReadOptions = {}) => {
      const found = events.slice(from);
      store.given += found.length;
      return found;
    },
    async append(_stream: string, added: readonly NewEvent[], { expected }: { readonly expected: unknown }) {
      if (store.interfere > 0) {
        store.interfere--;
        record(other());
      }
      await Promise.resolve();
      if (expected !== (events.length === 0 ? 'no-stream' : events.length - 1)) {
        throw new DomainError('stale', 'EVENT_STORE.WRONG_REVISION', 'not so', { actual: events.length - 1 });
      }
      store.appends++;
      added.forEach(record);
      return { revision: events.length - 1, position: positionOf(10 * events.length - 9), repeated: false };
    },
  };
  // Only these members are called by what is tested with it.
  return store as typeof store & EventStore;
}

const other = (): NewEvent => ({
  eventId: freshUuid(),
  type: 'counted',
  schemaVersion: 1,
  commandId: freshUuid(),
  commandDigest: 'other',
  correlationId: 'other',
  causationId: null,
  actor: ADA,
  leadId: null as Uuid | null,
  pass: null,
  occurredAt: NOW,
  data: { by: 1 },
});
