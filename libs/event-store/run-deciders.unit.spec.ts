import { DomainError } from '#kernel/errors.js';
import { runDecider } from './run-decider.js';
import { runDeciders } from './run-deciders.js';
import { count, oneStream } from './testing/one-stream.js';

describe('running several commands of one stream', () => {
  it('decides each on what those before it left, and appends once', async () => {
    const store = oneStream();
    await runDecider(store, count([100]));
    const totals: number[] = [];
    const look = (total: number) => totals.push(total);
    const commands = [count([1], {}, look), count([2, 3], {}, look), count([], {}, look)] as const;
    const answers = await runDeciders(store, commands);
    expect(totals).toEqual([100, 101, 106]);
    expect(store.appends).toBe(2);
    expect(answers).toMatchObject([
      { id: 'counter', revision: 1, position: store.events[1]?.position, repeated: false, events: [{ revision: 1 }] },
      { revision: 3, position: store.events[3]?.position, events: [{ revision: 2 }, { revision: 3 }] },
      { revision: 3, position: store.events[3]?.position, events: [] },
    ]);
    expect(store.events.map(({ commandId }) => commandId).slice(1)).toEqual(
      [commands[0], commands[1], commands[1]].map(({ context }) => context.commandId),
    );
  });

  it('answers as each alone is answered, the repeated ones too', async () => {
    const [store, alone] = [oneStream(), oneStream()];
    const commands = [count([1, 2]), count([]), count([4])] as const;
    const one: unknown[] = [];
    for (const command of commands) one.push(await runDecider(alone, command));
    expect(await runDeciders(store, commands)).toEqual(one);
    expect(await runDeciders(store, [count([7]), ...commands])).toMatchObject([
      { revision: 3, repeated: false },
      { revision: 1, position: store.events[1]?.position, repeated: true },
      { revision: 3, events: [] },
      { revision: 2, position: store.events[2]?.position, repeated: true },
    ]);
    expect(store.events).toHaveLength(4);
  });

  it('gives a refusal as the answer of its command, and keeps the others', async () => {
    const store = oneStream();
    const refusal = new DomainError('refused', 'COUNTER.TOO_MUCH', 'no');
    const refused = count([9], {}, () => {
      throw refusal;
    });
    const stale = count([9], { expectedRevision: 0 });
    const answers = await runDeciders(store, [stale, count([1]), refused, count([2])]);
    expect(answers).toMatchObject([{ code: 'COMMAND.STALE_REVISION' }, { revision: 0 }, refusal, { revision: 1 }]);
    expect(store.events.map((event) => event.data())).toEqual([{ by: 1 }, { by: 2 }]);
  });

  it('decides all again when somebody else was faster', async () => {
    const store = oneStream();
    store.interfere = 2;
    const totals: number[] = [];
    const answers = await runDeciders(store, [count([10]), count([20], {}, (total) => totals.push(total))]);
    expect(totals).toEqual([10, 11, 12]);
    expect(answers).toMatchObject([{ revision: 2 }, { revision: 3 }]);
  });

  it('fails as a whole when the ledger is out of reach', async () => {
    const down = new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', 'down');
    const store = { ...oneStream(), append: () => Promise.reject(down) };
    await expect(runDeciders(store, [count([1]), count([2])])).rejects.toBe(down);
  });
});
