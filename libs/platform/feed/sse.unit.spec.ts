import { setTimeout as delay } from 'node:timers/promises';
import { START } from '#kernel/position.js';
import { publicContract } from '#publishing/public-contract.js';
import { text } from '#publishing/shape.js';
import { arrayEventStore } from '#publishing/testing/array-event-store.js';
import { ndjsonOf } from './ndjson.js';
import { sseOf } from './sse.js';

const contract = publicContract({
  'test.happened': { version: 1, summary: 'It happened.', fields: { what: text } },
  'test.else': { version: 1, summary: 'Something else happened.', fields: {} },
});

function feed(types: readonly string[] = contract.types) {
  const ledger = arrayEventStore();
  const pulled: number[] = [];
  const store = {
    ...ledger.store,
    async *subscribe(options: Parameters<typeof ledger.store.subscribe>[0]) {
      for await (const page of ledger.store.subscribe({ ...options, pageSize: 2 })) {
        pulled.push(Number(page.to));
        yield page;
      }
    },
  };
  const stop = new AbortController();
  const tell = (count: number, type = 'test.happened'): void => {
    for (let told = 0; told < count; told++) ledger.add('s', { type, data: { what: 'x', secret: 'y' } });
  };
  const chunks = sseOf({ ...{ store, contract, types, after: START, signal: stop.signal }, heartbeatMs: 30 });
  const next = async (): Promise<string> => String((await chunks.next()).value);
  return { ledger, tell, next, chunks, pulled, stop, idOf: (position: number) => `${store.ledgerId}:${position}` };
}

describe('The feed as server-sent events', () => {
  it('gives history, then what is recorded later, each event with its id', async () => {
    const { tell, next, chunks, stop, idOf } = feed();
    tell(3);
    expect(await next()).toBe('retry: 2000\n\n');
    const first = await next();
    expect(first.split('\n\n')).toHaveLength(3);
    expect(first).toMatch(
      new RegExp(`^id: ${idOf(3)}\ndata: {"specversion":"1.0".*"data":{"what":"x"}}\n\nid: ${idOf(6)}\n`),
    );
    expect(await next()).toContain(`id: ${idOf(9)}\n`);
    const live = next();
    tell(1);
    expect(await live).toContain(`id: ${idOf(12)}\n`);
    const end = chunks.next();
    stop.abort();
    expect(await end).toEqual({ value: undefined, done: true });
  });

  it('gives a sign of life that carries the place looked at, past events that were not asked for', async () => {
    const { tell, next, stop, idOf } = feed(['test.else']);
    tell(5);
    await next();
    expect(await next()).toBe(`: still here\nid: ${idOf(15)}\n\n`);
    stop.abort();
  });

  it('reads the ledger no faster than the reader takes it', async () => {
    const { tell, next, pulled, stop } = feed();
    tell(20);
    await next();
    await next();
    await delay(20);
    expect(pulled).toEqual([6]);
    await next();
    expect(pulled).toEqual([6, 12]);
    stop.abort();
  });
});

describe('The feed as NDJSON', () => {
  it('ends at the limit or at the end of the ledger, and goes on after its last line', async () => {
    const { ledger, tell } = feed();
    tell(7);
    const read = async (after: bigint, limit: number): Promise<number[]> => {
      const text: string[] = [];
      const options = { store: ledger.store, contract, types: contract.types, signal: new AbortController().signal };
      for await (const chunk of ndjsonOf({ ...options, after: after as typeof START, limit })) text.push(chunk);
      const lines = text.join('').split('\n').slice(0, -1);
      return lines.map((line) => Number((JSON.parse(line) as { feedid: string }).feedid.split(':')[1]));
    };
    expect(await read(0n, 5)).toEqual([3, 6, 9, 12, 15]);
    expect(await read(15n, 5)).toEqual([18, 21]);
    expect(await read(21n, 5)).toEqual([]);
  });
});
