import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Position } from '#kernel/position.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { ALL_METRICS } from '../contribution/fact.js';
import { openFactsReader, type FactsReader, type Pin } from '../facts-reader.js';
import { contributionOfLedger, multiset } from '../testing/facts-of.js';
import { projectFigures, type ProjectOptions } from '../testing/projected.js';
import { ledgers } from '../testing/random-ledger.js';
import { rowsOf, type StoredFact } from './block-rows.js';
import { EPOCH } from './epoch.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'concord-figures-'));
let files = 0;

async function withStore<T>(work: (store: ReadStore) => Promise<T>): Promise<T> {
  const store = await openSqliteReadStore({ file: path.join(folder, `${++files}.sqlite`) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function storedFacts(store: ReadStore, upTo: number, positionsPerEvent = 1): Promise<StoredFact[]> {
  const pin = await pinOf(store);
  const reader = openFactsReader(store, 1_000_000, undefined, positionsPerEvent);
  const facts: StoredFact[] = [];
  for (const metric of ALL_METRICS) facts.push(...(await reader.between(pin, metric, 0, upTo)));
  return facts;
}

/** Through the cuts that sums are made of. */
async function cutFacts(store: ReadStore, reader: FactsReader, upTo: number): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for (const metric of ALL_METRICS) {
    for (const { block, rows } of await reader.cuts(await pinOf(store), metric, upTo, { from: null, to: null })) {
      facts.push(...rowsOf(block, metric, block.epoch * EPOCH).slice(0, rows));
    }
  }
  return facts;
}

async function pinOf(store: ReadStore): Promise<Pin> {
  const status = (await store.status()).find(({ active }) => active);
  return { generation: status?.generation ?? 0, checkpoints: (status?.checkpoints ?? []).map(Number) };
}

/** Stored facts carry their sign in n. */
const net = (facts: readonly StoredFact[]): unknown =>
  multiset(
    facts.map((fact) => ({ ...fact, n: 1, sign: fact.n })),
    ({ sign }) => sign,
  );
const netOfC = (events: readonly RecordedEvent[]): unknown =>
  multiset(
    contributionOfLedger(events).map((fact) => ({ ...fact, n: 1, sign: fact.n })),
    ({ sign }) => sign,
  );

// Positions far enough apart that a ledger of some dozen events spans several slots and epochs.
const GAPS = [1, 700, 5000];

/** As a store whose positions are bytes has them: offsets beyond 2^16, epochs longer by what an event takes. */
const IN_BYTES = { gap: 1_100_000, positionsPerEvent: 1_024 };

describe('The figures in their store', () => {
  it.each([1, 4])(
    'hold, cut at any position, C of the ledger that ends there (%i lanes)',
    async (lanes) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...GAPS).chain((gap) => ledgers({ gap })),
          fc.integer({ min: 1, max: 20 }),
          async (events, batch) => {
            await withStore(async (store) => {
              await projectFigures(store, events, { lanes, batch });
              for (const at of [events.length, events.length >> 1, (events.length * 3) >> 2]) {
                const position = Number(events[at - 1]?.position ?? 0n);
                expect(net(await storedFacts(store, position))).toEqual(netOfC(events.slice(0, at)));
              }
            });
          },
        ),
        { numRuns: 25, endOnFailure: true },
      );
    },
    60_000,
  );

  it('hold the same where positions are bytes: epochs are longer, and blocks as large as elsewhere', async () => {
    const { gap, positionsPerEvent } = IN_BYTES;
    await fc.assert(
      fc.asyncProperty(ledgers({ gap }), fc.integer({ min: 1, max: 20 }), async (events, batch) => {
        await withStore(async (store) => {
          await projectFigures(store, events, { lanes: 2, batch, reopenEvery: 2, positionsPerEvent });
          for (const at of [events.length, events.length >> 1]) {
            const position = Number(events[at - 1]?.position ?? 0n);
            expect(net(await storedFacts(store, position, positionsPerEvent))).toEqual(netOfC(events.slice(0, at)));
          }
          const reader = openFactsReader(store, 1, undefined, positionsPerEvent);
          const pin = await pinOf(store);
          for (const metric of ALL_METRICS) {
            const cuts = await reader.cuts(pin, metric, Infinity, { from: null, to: null });
            const slots = Math.ceil((events.length * gap) / (reader.epochLength / 16)) + 1;
            expect(cuts.length).toBeLessThanOrEqual(2 * slots);
          }
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('are the same for a reader that has been asked all along, however little it may keep', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...GAPS).chain((gap) => ledgers({ gap, maxSteps: 90 })),
        fc.constantFrom(1, 1_000_000),
        async (events, cacheBytes) => {
          await withStore(async (store) => {
            const reader = openFactsReader(store, cacheBytes);
            for (let end = 1; end <= events.length; end += 11) {
              await projectFigures(store, events.slice(0, end), { lanes: 2 });
              const position = Number(events[(end * 2) >> 2]?.position ?? 0n);
              for (const upTo of [Infinity, position]) {
                const asked = await cutFacts(store, reader, upTo);
                expect(net(asked)).toEqual(net(await storedFacts(store, upTo)));
              }
            }
          });
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('are the same bytes whatever the batches, restarts and evictions on the way', async () => {
    const digests = (store: ReadStore): Promise<unknown> =>
      Promise.all(['block', 'history', 'touch-log', 'dimension'].map((view) => store.digest('figures', 1, view)));
    const after = (events: readonly RecordedEvent[], options: ProjectOptions): Promise<unknown> =>
      withStore(async (store) => {
        await projectFigures(store, events, options);
        return digests(store);
      });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...GAPS).chain((gap) => ledgers({ gap, maxSteps: 100 })),
        fc.integer({ min: 1, max: 9 }),
        async (events, batch) => {
          const whole = await after(events, { batch: 1000 });
          expect(await after(events, { batch, cached: 0 })).toEqual(whole);
          expect(await after(events, { batch, reopenEvery: 1 })).toEqual(whole);
        },
      ),
      { numRuns: 20, endOnFailure: true },
    );
  }, 120_000);

  it('survive a batch torn between facts, histories and checkpoint in a store without transactions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...GAPS).chain((gap) => ledgers({ gap })),
        fc.nat(100),
        fc.nat(100),
        async (events, cut, share) => {
          await withStore(async (store) => {
            const before = events.slice(0, (events.length * cut) / 100);
            await projectFigures(store, before);
            await projectFigures(torn(store, share / 100), events, { batch: 1000 }).catch(() => undefined);
            await projectFigures(store, events);
            expect(net(await storedFacts(store, Infinity))).toEqual(netOfC(events));
          });
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  }, 120_000);
});

/** Writes this share of the next batch, in order, leaves the checkpoint where it was, and fails. */
function torn(store: ReadStore, share: number): ReadStore {
  return {
    ...store,
    async apply(batch) {
      const writes = batch.writes.slice(0, Math.round(batch.writes.length * share));
      // null as well: the beginning stays the beginning.
      await store.apply({ ...batch, to: batch.from as Position, writes });
      throw new Error('torn');
    },
  };
}
