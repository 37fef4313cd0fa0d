import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Position } from '#kernel/position.js';
import type { StoredFact } from '#figures/blocks/block-rows.js';
import { METRIC } from '#figures/contribution/fact.js';
import { openFactsReader } from '#figures/facts-reader.js';
import { contributionOfLedger, multiset } from '#figures/testing/facts-of.js';
import { projectFigures, type ProjectOptions } from '#figures/testing/projected.js';
import { ledgers } from '#figures/testing/random-ledger.js';
import { toldLedger, uuid } from '#figures/testing/recorded.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { creditOfLedger, UTC_EUR } from '../testing/credit-of.js';
import { attributionProcessor, BUILT_IN_CREDIT, spaceOf } from './attribution-processor.js';
import { CREDIT_METRIC } from './credit-space.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'concord-attribution-'));
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

const project = (store: ReadStore, events: readonly RecordedEvent[], options: ProjectOptions = {}): Promise<void> =>
  projectFigures(store, events, {
    ...options,
    processor: attributionProcessor(UTC_EUR, BUILT_IN_CREDIT, { cached: options.cached ?? 2 }),
  });

async function storedFacts(store: ReadStore, upTo: number): Promise<StoredFact[]> {
  const status = (await store.status()).find(({ active }) => active);
  const pin = { generation: status?.generation ?? 0, checkpoints: (status?.checkpoints ?? []).map(Number) };
  const space = spaceOf(BUILT_IN_CREDIT);
  const reader = openFactsReader(store, 1_000_000, space);
  const facts: StoredFact[] = [];
  for (const metric of space.metrics) facts.push(...(await reader.between(pin, metric, 0, upTo)));
  return facts;
}

/** Stored facts carry their sign in n. */
const net = (facts: readonly StoredFact[]): unknown =>
  multiset(
    facts.map((fact) => ({ ...fact, n: 1, sign: fact.n })),
    ({ sign }) => sign,
  );
const netOfCredit = (events: readonly RecordedEvent[]): unknown => multiset(creditOfLedger(events));

// Positions far enough apart that a ledger of some dozen events spans several slots and epochs.
const GAPS = [1, 700, 5000];

describe('Credit in its store', () => {
  it.each([1, 4])(
    'holds, cut at any position, Credit of the ledger that ends there (%i lanes)',
    async (lanes) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...GAPS).chain((gap) => ledgers({ gap })),
          fc.integer({ min: 1, max: 20 }),
          async (events, batch) => {
            await withStore(async (store) => {
              await project(store, events, { lanes, batch });
              for (const at of [events.length, events.length >> 1, (events.length * 3) >> 2]) {
                const position = Number(events[at - 1]?.position ?? 0n);
                expect(net(await storedFacts(store, position))).toEqual(netOfCredit(events.slice(0, at)));
              }
            });
          },
        ),
        { numRuns: 20, endOnFailure: true },
      );
    },
    120_000,
  );

  it('is the same bytes whatever the batches, restarts and evictions on the way', async () => {
    const after = (events: readonly RecordedEvent[], options: ProjectOptions): Promise<unknown> =>
      withStore(async (store) => {
        await project(store, events, options);
        return Promise.all(
          ['block', 'credit', 'touch-log', 'dimension'].map((view) => store.digest('attribution', 1, view)),
        );
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
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);

  it('survives a batch torn between facts, histories and checkpoint in a store without transactions', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers({ gap: 700 }), fc.nat(100), fc.nat(100), async (events, cut, share) => {
        await withStore(async (store) => {
          await project(store, events.slice(0, (events.length * cut) / 100));
          await project(torn(store, share / 100), events, { batch: 1000 }).catch(() => undefined);
          await project(store, events);
          expect(net(await storedFacts(store, Infinity))).toEqual(netOfCredit(events));
        });
      }),
      { numRuns: 30, endOnFailure: true },
    );
  }, 120_000);

  it('adds up to the net revenue and profit of the figures', () => {
    fc.assert(
      fc.property(ledgers({ maxSteps: 90 }), (events) => {
        const figures = (metric: number): number =>
          contributionOfLedger(events).reduce((sum, fact) => sum + (fact.metric === metric ? fact.value : 0), 0);
        const credit = (metric: number): number =>
          creditOfLedger(events).reduce((sum, fact) => sum + (fact.metric === metric ? fact.value : 0), 0);
        expect(credit(CREDIT_METRIC.revenue)).toBe(figures(METRIC.revenue) - figures(METRIC.refunds));
        expect(credit(CREDIT_METRIC.profit)).toBe(figures(METRIC.profit));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('of a lead with thousands of touches is that of its whole path, read from the log when a deal closes', async () => {
    const ledger = toldLedger();
    const [lead, deal] = [uuid(1), uuid(2)];
    const start = Date.UTC(2026, 0, 1);
    ledger.lead(lead, 'lead.created', {}, { occurredAt: start });
    for (let i = 0; i < 1_000; i++)
      ledger.lead(
        lead,
        'lead.touched',
        { touchId: `t${i}`, channel: `c${i % 7}` },
        { occurredAt: start + ((i * 7919) % 1_000) * 3_600_000 },
      );
    const later = { occurredAt: start + 2_000 * 3_600_000 };
    ledger.deal(deal, lead, 'deal.opened', {}, later);
    ledger.lead(lead, 'lead.touch-annulled', { touchId: 't3', reason: null }, later);
    ledger.deal(deal, lead, 'deal.won', {}, later);
    for (let i = 0; i < 300; i++)
      ledger.lead(
        lead,
        'lead.touched',
        { touchId: `u${i}`, channel: 'after' },
        { occurredAt: later.occurredAt + (i + 1) * 60_000 },
      );
    ledger.lead(lead, 'lead.touch-annulled', { touchId: 't999', reason: null }, later);
    const amount = { minor: 77_777, currency: 'EUR' };
    ledger.deal(deal, lead, 'deal.payment-received', { paymentId: 'p', amount }, later);
    await withStore(async (store) => {
      await project(store, ledger.events, { batch: 50, cached: 0 });
      expect(net(await storedFacts(store, Infinity))).toEqual(netOfCredit(ledger.events));
    });
  }, 60_000);
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
