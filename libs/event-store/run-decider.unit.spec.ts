import { DomainError } from '#kernel/errors.js';
import { uuidv5 } from '#kernel/ids.js';
import { START } from '#kernel/position.js';
import { runDecider } from './run-decider.js';
import { ADA, count, oneStream } from './testing/one-stream.js';

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
      position: store.events[0]?.position,
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

  describe('again and again on one stream', () => {
    it('reads and folds only what has come since the last time', async () => {
      const store = oneStream();
      for (let n = 0; n < 50; n++) await runDecider(store, count([1, 1]));
      const totals: number[] = [];
      const given = store.given;
      for (let n = 0; n < 10; n++) {
        await runDecider(
          store,
          count([1], {}, (total) => totals.push(total)),
        );
      }
      expect(totals).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
      expect(store.given - given).toBe(2 + 9);
    });

    it('decides on what others have appended meanwhile', async () => {
      const store = oneStream();
      await runDecider(store, count([1]));
      await runDecider(store, count([1]));
      store.interrupt();
      store.interrupt();
      const totals: number[] = [];
      const outcome = await runDecider(
        store,
        count([1], {}, (total) => totals.push(total)),
      );
      expect(totals).toEqual([4]);
      expect(outcome.revision).toBe(4);
      expect(await runDecider(store, count([]))).toMatchObject({ revision: 4, position: store.events[4]?.position });
    });

    it('folds anew for another fold of the same stream', async () => {
      const store = oneStream();
      await runDecider(store, count([1, 5]));
      await runDecider(store, count([1]));
      const seen: number[] = [];
      const look = (seenNow: number): [] => (seen.push(seenNow), []);
      const evolve: ReturnType<typeof count>['evolve'] = (most, { data }) => Math.max(most, data.by);
      await runDecider(store, { ...count([]), evolve, decide: look });
      await runDecider(store, { ...count([]), decide: look });
      expect(seen).toEqual([5, 7]);
    });

    it('answers a command that it folded long ago as before', async () => {
      const store = oneStream();
      const command = count([1, 2]);
      const first = await runDecider(store, command);
      for (let n = 0; n < 5; n++) await runDecider(store, count([1]));
      expect(await runDecider(store, command)).toEqual({ ...first, repeated: true });
    });
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
