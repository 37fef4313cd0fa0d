import type { Actor, DomainEvent, NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { freshUuid, uuidv5, type Uuid } from '#kernel/ids.js';
import { positionOf, START } from '#kernel/position.js';
import type { CommandContext, StreamCommand } from './command-context.js';
import type { EventStore } from './event-store.js';
import { runDecider } from './run-decider.js';

type Counted = DomainEvent<'counted', { readonly by: number }>;

const NOW = Date.UTC(2026, 2, 1);
const ADA: Actor = { id: 'ada', team: 'sales' };

describe('running a decider', () => {
  it('appends what was decided, stamped with the command, and answers with it', async () => {
    const store = oneStream();
    const command = count([1, 2]);
    const outcome = await runDecider(store, command);
    const [first, second] = store.events;
    expect(first).toMatchObject({
      eventId: uuidv5(command.context.commandId, 'counter-1#0'),
      type: 'counted',
      schemaVersion: 1,
      commandId: command.context.commandId,
      commandDigest: 'digest',
      correlationId: 'correlation',
      actor: ADA,
      revision: 0,
    });
    expect(second?.eventId).toBe(uuidv5(command.context.commandId, 'counter-1#1'));
    expect(outcome).toEqual({
      id: 'counter',
      revision: 1,
      position: second?.position,
      repeated: false,
      events: [
        { id: first?.eventId, type: 'counted', revision: 0 },
        { id: second?.eventId, type: 'counted', revision: 1 },
      ],
    });
  });

  it('decides on the fold of what is there', async () => {
    const store = oneStream();
    await runDecider(store, count([3, 4]));
    const seen: number[] = [];
    await runDecider(
      store,
      count([1], {}, (total) => seen.push(total)),
    );
    expect(seen).toEqual([7]);
    expect(store.events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });

  it('writes a type in the version that the store names', async () => {
    const store = { ...oneStream(), schemaVersionOf: () => 4 };
    await runDecider(store, count([1]));
    expect(store.events[0]?.schemaVersion).toBe(4);
  });

  it('answers a repeated command as before, whatever has happened since, and adds nothing', async () => {
    const store = oneStream();
    const command = count([1, 2]);
    const first = await runDecider(store, command);
    await runDecider(store, count([5]));
    expect(await runDecider(store, command)).toEqual({ ...first, repeated: true });
    expect(store.events).toHaveLength(3);
  });

  it('refuses a command id that was used with another body', async () => {
    const store = oneStream();
    const { context } = count([1]);
    await runDecider(store, count([1], context));
    await expect(runDecider(store, count([1], { ...context, commandDigest: 'other' }))).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'COMMAND.ID_REUSED',
    });
  });

  it('leaves nothing for a decision of nothing, and decides afresh when it is repeated', async () => {
    const store = oneStream();
    const command = count([]);
    expect(await runDecider(store, command)).toEqual({
      id: 'counter',
      revision: -1,
      position: START,
      repeated: false,
      events: [],
    });
    await runDecider(store, count([1]));
    expect(await runDecider(store, command)).toEqual({
      id: 'counter',
      revision: 0,
      position: positionOf(1),
      repeated: false,
      events: [],
    });
  });

  it('leaves nothing for a refusal', async () => {
    const store = oneStream();
    const refusal = new DomainError('refused', 'COUNTER.TOO_MUCH', 'no');
    const command = count([1], {}, () => {
      throw refusal;
    });
    await expect(runDecider(store, command)).rejects.toBe(refusal);
    expect(store.events).toHaveLength(0);
  });

  describe('with If-Match', () => {
    it('takes the revision that is there', async () => {
      const store = oneStream();
      await runDecider(store, count([1]));
      expect(await runDecider(store, count([1], { expectedRevision: 0 }))).toMatchObject({ revision: 1 });
    });

    it.each([
      ['an older revision', 1, 0, 1],
      ['a later revision', 1, 2, 1],
      ['any revision of a stream that does not exist', 0, 0, null],
    ])('refuses %s and names the actual one', async (_case, runs, expectedRevision, actual) => {
      const store = oneStream();
      for (let run = 0; run < runs; run++) await runDecider(store, count([1, 1]));
      await expect(runDecider(store, count([1], { expectedRevision }))).rejects.toMatchObject({
        kind: 'stale',
        code: 'COMMAND.STALE_REVISION',
        extra: { actual },
      });
    });

    it('looks for the command first, so that a repetition is not stale', async () => {
      const store = oneStream();
      const command = count([1], { expectedRevision: -1 });
      await runDecider(store, command);
      expect(await runDecider(store, command)).toMatchObject({ repeated: true, revision: 0 });
    });
  });

  describe('when somebody else was faster', () => {
    it('decides again on the new state, with the same ids', async () => {
      const store = oneStream();
      store.interfere = 3;
      const totals: number[] = [];
      const command = count([10], {}, (total) => totals.push(total));
      const outcome = await runDecider(store, command);
      expect(totals).toEqual([0, 1, 2, 3]);
      expect(outcome.events).toEqual([
        { id: uuidv5(command.context.commandId, 'counter-1#0'), type: 'counted', revision: 3 },
      ]);
    });

    it('gives up after some attempts and has written nothing', async () => {
      const store = oneStream();
      store.interfere = Infinity;
      const command = count([10]);
      await expect(runDecider(store, command)).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'COMMAND.CONTENDED',
      });
      expect(store.events.some(({ commandId }) => commandId === command.context.commandId)).toBe(false);
    });

    it('lets many commands on one stream through, one after the other', async () => {
      const store = oneStream();
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => runDecider(store, count([1]))));
      expect(new Set(outcomes.map(({ revision }) => revision)).size).toBe(100);
      expect(store.events).toHaveLength(100);
    });

    it('passes on what the store says of other trouble', async () => {
      const down = new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', 'down');
      const store = { ...oneStream(), append: () => Promise.reject(down) };
      await expect(runDecider(store, count([1]))).rejects.toBe(down);
    });
  });
});

function count(
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
    evolve: (total, event) => total + event.data.by,
    decide(total) {
      look(total);
      return amounts.map((by) => ({ type: 'counted', occurredAt: NOW, leadId: null, pass: null, data: { by } }));
    },
  };
}

/** A store of one stream; before each of the next `interfere` appends another writer gets in. */
function oneStream() {
  const events: RecordedEvent[] = [];
  const record = (event: NewEvent): void => {
    const { data, meta = null, recordedAt = NOW, ...envelope } = event;
    const revision = events.length;
    const position = positionOf(revision + 1);
    events.push({ ...envelope, meta, recordedAt, stream: 'counter-1', revision, position, data: () => data });
  };
  const store = {
    events,
    interfere: 0,
    readStream: async () => [...events],
    async append(_stream: string, added: readonly NewEvent[], { expected }: { readonly expected: unknown }) {
      if (store.interfere > 0) {
        store.interfere--;
        record(other());
      }
      await Promise.resolve();
      if (expected !== (events.length === 0 ? 'no-stream' : events.length - 1)) {
        throw new DomainError('stale', 'EVENT_STORE.WRONG_REVISION', 'not so', { actual: events.length - 1 });
      }
      added.forEach(record);
      return { revision: events.length - 1, position: positionOf(events.length), repeated: false };
    },
  };
  // Only these members are called by what is tested here.
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
