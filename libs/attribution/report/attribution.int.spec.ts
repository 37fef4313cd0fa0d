import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import { instantText } from '#kernel/time.js';
import { askFigures } from '#figures/testing/figures-side.js';
import { ledgers } from '#figures/testing/random-ledger.js';
import { toldLedger, uuid, type ToldLedger } from '#figures/testing/recorded.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { attributionProcessor } from '../credit/attribution-processor.js';
import { UTC_EUR } from '../testing/credit-of.js';
import { answerAttribution, type AttributionAnswer } from './attribution.js';
import { attributionCsv } from './credit-csv.js';
import type { CreditAmounts } from './credit-values.js';
import { answerJourneys } from './journeys.js';
import { answerRoi } from './roi.js';

const ask = <T>(events: readonly RecordedEvent[], question: (deps: FiguresDeps) => Promise<T>, lanes = 1): Promise<T> =>
  askFigures(events, question, { also: [attributionProcessor(UTC_EUR)], lanes });
const attribution = (events: readonly RecordedEvent[], query: Query, lanes?: number): Promise<AttributionAnswer> =>
  ask(events, (deps) => answerAttribution(deps, query), lanes);

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1, 12);

/** So many leads that came this way; `worth` null: none of them bought. */
function journey(
  ledger: ToldLedger,
  first: number,
  count: number,
  path: readonly (string | null)[],
  worth: number | null,
): void {
  for (let i = first; i < first + count; i++) {
    const lead = uuid(10_000 + i);
    ledger.lead(lead, 'lead.created', {}, { occurredAt: START });
    path.forEach((channel, step) =>
      ledger.lead(
        lead,
        'lead.touched',
        { touchId: `${i}-${step}`, channel, campaign: `from ${channel ?? 'nowhere'}`, member: 'ida' },
        { occurredAt: START + step * DAY },
      ),
    );
    if (worth === null) continue;
    const at = { occurredAt: START + 10 * DAY };
    const deal = uuid(20_000 + i);
    ledger.deal(deal, lead, 'deal.opened', {}, at);
    ledger.deal(deal, lead, 'deal.won', {}, at);
    const amount = { minor: worth, currency: 'EUR' };
    ledger.deal(deal, lead, 'deal.payment-received', { paymentId: `p${i}`, amount }, at);
  }
}

const byChannel = (answer: AttributionAnswer, model: string, part: 'conversions' | 'revenue') =>
  Object.fromEntries(
    answer.rows.map((row) => [row['channel'] as string, (row[model] as CreditAmounts)[part]]), // every row holds every model
  );

describe('GET /attribution', () => {
  it('gives the published answers of small paths, through events', async () => {
    const ledger = toldLedger();
    journey(ledger, 0, 2, ['direct'], 100);
    journey(ledger, 10, 1, ['direct'], null);
    journey(ledger, 20, 3, ['search', 'email'], 100);
    journey(ledger, 30, 2, ['search', 'email'], null);
    journey(ledger, 40, 5, ['search', 'social', 'email'], 100);
    journey(ledger, 50, 4, ['search', 'social', 'email'], null);
    const models = 'first-touch,last-touch,linear,position-40-20-40,shapley,markov-1';
    const answer = await attribution(ledger.events, { models });
    expect(byChannel(answer, 'first-touch', 'conversions')).toEqual({ direct: 2, email: 0, search: 8, social: 0 });
    expect(byChannel(answer, 'last-touch', 'conversions')).toEqual({ direct: 2, email: 8, search: 0, social: 0 });
    const linear = byChannel(answer, 'linear', 'conversions');
    expect(linear['search']).toBeCloseTo(3.1666667, 5);
    expect(linear['social']).toBeCloseTo(1.6666667, 5);
    expect(byChannel(answer, 'position-40-20-40', 'conversions')).toEqual({
      direct: 2,
      email: 3.5,
      search: 3.5,
      social: 1,
    });
    expect(byChannel(answer, 'shapley', 'conversions')['social']).toBeCloseTo(5 / 3, 5);
    expect(byChannel(answer, 'shapley', 'revenue')).toEqual({
      direct: '2.00',
      email: '3.17',
      search: '3.17',
      social: '1.66',
    });
    expect(answer.balance?.models['markov-1']).toMatchObject({
      credited: { conversions: 10, revenue: '10.00' },
      difference: { conversions: 0, revenue: '0.00' },
    });
    expect(answer.warnings).toEqual([
      expect.objectContaining({ code: 'FEW_CONVERSIONS', detail: expect.stringContaining('shapley') as string }),
      expect.objectContaining({ code: 'FEW_CONVERSIONS', detail: expect.stringContaining('markov-1') as string }),
    ]);
  });

  it('gives the removal effects of the textbook: 20, 40 and 40 %', async () => {
    const ledger = toldLedger();
    journey(ledger, 0, 1, ['C1', 'C2', 'C3'], 1_000);
    journey(ledger, 10, 1, ['C1'], null);
    journey(ledger, 20, 1, ['C2', 'C3'], null);
    const answer = await attribution(ledger.events, { models: 'markov-1' });
    expect(byChannel(answer, 'markov-1', 'revenue')).toEqual({ C1: '2.00', C2: '4.00', C3: '4.00' });
  });

  it('is the same whatever the number of lanes, and known at a moment what a ledger says that ends there', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers({ maxSteps: 90 }), fc.nat(1_000), async (events, cut) => {
        const end = 1 + (cut % events.length);
        const last = events[end - 1];
        const query = { models: 'linear,full-path-22.5x4-10,markov-1,shapley', by: 'channel', grain: 'week' };
        const knownAt = instantText(last?.recordedAt ?? 0);
        const known = await attribution(events, { ...query, knownAt }, 3);
        const ended = await attribution(events.slice(0, end), query);
        expect({ rows: known.rows, total: known.total, balance: known.balance }).toEqual({
          rows: ended.rows,
          total: ended.total,
          balance: ended.balance,
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('balances, to the unit, under every model and in every period', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers({ maxSteps: 90 }), async (events) => {
        const models = 'first-touch,last-non-direct,time-decay-7d,w-30-30-30-10,markov-1,shapley';
        await ask(events, async (deps) => {
          for (const period of [{}, { from: '2026-01-06', to: '2026-01-08' }]) {
            const { balance } = await answerAttribution(deps, { models, ...period });
            for (const { difference } of Object.values(balance?.models ?? {}))
              expect(difference).toMatchObject({ conversions: 0, customers: 0, revenue: '0.00' });
          }
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('counts by the day of the touch where that is asked, and by any dimension of it', async () => {
    const ledger = toldLedger();
    journey(ledger, 0, 1, ['a', 'b'], 1_000);
    const query = { models: 'linear', by: 'campaign,person' };
    const first = await attribution(ledger.events, { ...query, on: 'touch', period: '2026-01-01' });
    expect(first.rows).toEqual([
      {
        campaign: 'from a',
        person: 'ida',
        linear: { conversions: 0.5, customers: 0.5, revenue: '5.00', profit: null },
      },
    ]);
    expect(first.balance).toBeNull();
    expect((await attribution(ledger.events, { ...query, period: '2026-01-01' })).rows).toEqual([]);
    expect(
      (await attribution(ledger.events, { ...query, period: '2026-01-11', campaign: 'from b' })).total,
    ).toMatchObject({
      linear: { conversions: 0.5 },
    });
  });

  it('refuses what it does not know, and names it', async () => {
    const refused = async (query: Query) =>
      (await attribution(toldLedger().events, query).catch((error: unknown) => error)) as { code: string };
    expect(await refused({ models: 'linaer' })).toMatchObject({ code: 'QUERY.UNKNOWN_MODEL' });
    expect(await refused({ by: 'owner' })).toMatchObject({ code: 'QUERY.UNKNOWN_DIMENSION' });
    expect(await refused({ by: 'path' })).toMatchObject({ code: 'QUERY.UNKNOWN_DIMENSION' });
    expect(await refused({ chanel: 'x' })).toMatchObject({ code: 'QUERY.UNKNOWN_PARAMETER' });
    expect(await refused({ on: 'click' })).toMatchObject({ code: 'QUERY.BAD_PARAMETER' });
    expect(await refused({ models: 'markov-1', by: 'campaign' })).toMatchObject({
      code: 'QUERY.MODEL_CREDITS_CHANNELS',
    });
  });

  it('says (unattributed) where no touch earned it, in rows and in CSV', async () => {
    const ledger = toldLedger();
    journey(ledger, 0, 1, [], 1_000);
    journey(ledger, 1, 1, [null], 500);
    const answer = await attribution(ledger.events, { models: 'linear' });
    expect(attributionCsv(answer)).toBe(
      [
        'channel,spend,linear.conversions,linear.customers,linear.revenue,linear.profit',
        ',0.00,1,1,5.00,',
        '(unattributed),0.00,1,1,10.00,',
        '',
      ].join('\n'),
    );
  });
});

describe('GET /roi', () => {
  it('sets credit beside spend, and has a row for spend that brought nothing', async () => {
    const ledger = toldLedger();
    journey(ledger, 0, 2, ['ads'], 30_000);
    const spend = {
      campaign: null,
      campaignId: null,
      kind: 'media',
      rate: null,
      impressions: null,
      clicks: null,
    } as const;
    const on = { day: '2026-01-05' };
    ledger.spend('a', 'spend.recorded', {
      ...spend,
      ...on,
      spendId: 's1',
      channel: 'ads',
      amount: { minor: 20_000, currency: 'EUR' },
    });
    ledger.spend('b', 'spend.recorded', {
      ...spend,
      ...on,
      spendId: 's2',
      channel: 'fair',
      amount: { minor: 5_000, currency: 'EUR' },
    });
    const { rows, total } = await ask(ledger.events, (deps) => answerRoi(deps, { models: 'linear' }));
    expect(rows).toEqual([
      {
        channel: 'ads',
        spend: '200.00',
        linear: {
          conversions: 2,
          customers: 2,
          revenue: '600.00',
          profit: null,
          roas: { value: 3, numerator: '600.00', denominator: '200.00' },
          romi: { value: null, numerator: null, denominator: '200.00' },
          cac: { value: '100.00', numerator: '200.00', denominator: 2 },
        },
      },
      {
        channel: 'fair',
        spend: '50.00',
        linear: {
          conversions: 0,
          customers: 0,
          revenue: '0.00',
          profit: null,
          roas: { value: 0, numerator: '0.00', denominator: '50.00' },
          romi: { value: -1, numerator: '-50.00', denominator: '50.00' },
          cac: { value: null, numerator: '50.00', denominator: 0 },
        },
      },
    ]);
    expect(total).toMatchObject({ spend: '250.00', linear: { roas: { value: 2.4 }, cac: { value: '125.00' } } });
  });
});

describe('GET /journeys', () => {
  it('shows the most frequent paths, how long they are and how much time they take', async () => {
    const ledger = toldLedger();
    journey(ledger, 0, 3, ['ads', 'ads', 'email'], 1_000);
    journey(ledger, 10, 1, ['email'], 2_000);
    journey(ledger, 20, 5, ['ads'], null);
    journey(ledger, 30, 1, [], 500);
    const answer = await ask(ledger.events, (deps) => answerJourneys(deps, { limit: '2' }));
    expect(answer.rows).toEqual([
      {
        path: ['ads', 'email'],
        conversions: 3,
        share: 0.75,
        open: 0,
        revenue: '30.00',
        touches: { mean: 3, p50: 3, p90: 3, p95: 3 },
        days: { mean: 10, p50: 10, p90: 10, p95: 10 },
      },
      expect.objectContaining({ path: ['email'], conversions: 1 }),
    ]);
    expect(answer.total).toMatchObject({
      paths: 2,
      conversions: 4,
      withoutTouch: 1,
      open: 5,
      lengths: [
        { touches: 1, conversions: 1 },
        { touches: 3, conversions: 3 },
      ],
    });
  });
});
