import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Fact } from '#figures/contribution/fact.js';
import { happeningOf } from '#figures/history/happening.js';
import { multiset } from '#figures/testing/facts-of.js';
import { ledgers } from '#figures/testing/random-ledger.js';
import { toldLedger, uuid } from '#figures/testing/recorded.js';
import { CLOSE, MS_PER_DAY } from '../testing/paths.js';
import { creditOfLedger, UTC_EUR } from '../testing/credit-of.js';
import { creditContext, type CreditSet } from './attribution-processor.js';
import { fromDocument, toDocument, type CreditDocument } from './credit-document.js';
import type { CreditHistory } from './credit-history.js';
import { CREDIT_METRIC, modelMetric } from './credit-space.js';
import { CREDIT_EVENT_TYPES, foldCredit, NOTHING_YET } from './fold-credit.js';
import { BUILT_IN, USUAL_OPTIONS, type ModelVersion } from './model-version.js';
import type { TouchLogEntry } from './touch-list.js';
import { writeCredit } from './write-credit.js';

/** The models that everybody has, and some with options that differ in everything. */
const MODELS: readonly ModelVersion[] = [
  ...BUILT_IN,
  {
    id: 'windowed',
    version: 1,
    weighing: { model: 'time-decay-7d' },
    options: { ...USUAL_OPTIONS, windowDays: 2, collapse: true, excluded: ['direct'] },
  },
  {
    id: 'own',
    version: 3,
    weighing: { kinds: { webinar: 2 }, other: 0 },
    options: { ...USUAL_OPTIONS, teams: ['marketing', 'sales'] },
  },
  { id: 'ft-cw', version: 1, weighing: { milestones: { ft: 30, cw: 70 } }, options: USUAL_OPTIONS },
  {
    id: 'learned',
    version: 1,
    weighing: { model: 'markov-1' },
    options: { ...USUAL_OPTIONS, windowDays: 3, excluded: ['ads'] },
  },
];
const SET: Pick<CreditSet, 'models' | 'journeys'> = { models: MODELS, journeys: true };
const CONTEXT = creditContext(UTC_EUR, SET);

interface Written {
  readonly fact: Fact;
  readonly n: number;
  readonly position: bigint;
}

const same = (history: CreditHistory): CreditHistory => history;
const reloaded = (history: CreditHistory): CreditHistory =>
  fromDocument(JSON.parse(JSON.stringify(toDocument(history))) as CreditDocument, CONTEXT);

/** What a projector would write. `between` may replace a history between two events. */
function written(
  events: readonly RecordedEvent[],
  between: (history: CreditHistory) => CreditHistory = same,
): Written[] {
  const histories = new Map<string, { history: CreditHistory; log: readonly TouchLogEntry[] }>();
  const facts: Written[] = [];
  for (const event of events) {
    if (!CREDIT_EVENT_TYPES.some((type) => type === event.type)) continue;
    const happening = happeningOf(event);
    const of = histories.get(happening.historyId) ?? { history: NOTHING_YET, log: [] };
    histories.set(happening.historyId, of);
    const { history, chunk } = foldCredit(of.history, happening, { ...CONTEXT, touchLog: () => of.log });
    const log = chunk === null ? of.log : [...of.log, ...chunk];
    const note = (fact: Fact, n: number): void => void facts.push({ fact, n, position: event.position });
    writeCredit(of.history, history, happening, CONTEXT, { before: () => of.log, after: () => log }, note);
    of.history = between(history);
    of.log = log;
  }
  return facts;
}

const summed = (facts: readonly Written[]): Readonly<Record<string, number>> => {
  const signs = new Map<Fact, number>();
  const copies = facts.map(({ fact, n }) => {
    const copy = { ...fact };
    signs.set(copy, n);
    return copy;
  });
  return multiset(copies, (fact) => signs.get(fact) ?? 0);
};

describe('Facts of credit', () => {
  it('sum, up to every position, to Credit of the ledger that ends there', () => {
    fc.assert(
      fc.property(ledgers(), (events) => {
        const facts = written(events);
        for (const [i, { position }] of events.entries()) {
          expect(summed(facts.filter((fact) => fact.position <= position))).toEqual(
            multiset(creditOfLedger(events.slice(0, i + 1), SET)),
          );
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('sum to Credit whether histories stay in memory or are stored and loaded again at every event', () => {
    fc.assert(
      fc.property(ledgers({ maxSteps: 90 }), (events) => {
        const whole = multiset(creditOfLedger(events, SET));
        expect(summed(written(events))).toEqual(whole);
        expect(summed(written(events, reloaded))).toEqual(whole);
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('are those of a ledger in which the same was told in another order of leads', () => {
    fc.assert(
      fc.property(ledgers({ maxSteps: 90 }), (events) => {
        const byStream = [...events].sort((a, b) =>
          (a.leadId ?? a.stream) < (b.leadId ?? b.stream)
            ? -1
            : (a.leadId ?? a.stream) > (b.leadId ?? b.stream)
              ? 1
              : 0,
        );
        expect(multiset(creditOfLedger(byStream, SET))).toEqual(multiset(creditOfLedger(events, SET)));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it.each(['EUR', 'JPY', 'KWD'])(
    'conserve what the ledger holds in %s, to the minor unit, after every event and under every model',
    (currency) => {
      const organisation = { ...UTC_EUR, currency };
      fc.assert(
        fc.property(ledgers({ currency, maxSteps: 90 }), (events) => {
          for (let end = 1; end <= events.length; end += 3) {
            const sums = new Map<number, number>();
            for (const { metric, value, n } of creditOfLedger(events.slice(0, end), SET, organisation))
              sums.set(
                metric,
                (sums.get(metric) ?? 0) + (metric === CREDIT_METRIC.conversions ? 1_000_000 * n : value),
              );
            const ledger = (metric: number): number => sums.get(metric) ?? 0;
            MODELS.forEach((model, place) => {
              if ('model' in model.weighing && /markov|shapley/.test(model.weighing.model)) return;
              expect([0, 1, 2].map((measure) => ledger(modelMetric(place, measure)))).toEqual([0, 1, 2].map(ledger));
            });
            // One set of paths a group with a learned model: of all touches, and windowed.
            expect(ledger(CREDIT_METRIC.pathRevenue)).toBe(2 * ledger(CREDIT_METRIC.revenue));
            expect(ledger(CREDIT_METRIC.pathProfit)).toBe(2 * ledger(CREDIT_METRIC.profit));
          }
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );
});

describe('Credit of one deal', () => {
  const lead = uuid(1);
  const deal = uuid(2);
  const at = (daysBefore: number) => ({ occurredAt: CLOSE - daysBefore * MS_PER_DAY });

  /** The golden vector of docs/attribution.md: six touches, the lead created at T3, the opportunity at T5. */
  function told(order: readonly number[] = [30, 21, 14, 7, 3, 0]) {
    const ledger = toldLedger();
    ledger.lead(lead, 'lead.created', {}, at(14));
    for (const days of order)
      ledger.lead(lead, 'lead.touched', { touchId: `d${days}`, channel: `d${days}`, team: 'marketing' }, at(days));
    ledger.deal(deal, lead, 'deal.opened', {}, at(3));
    ledger.deal(deal, lead, 'deal.won', {}, at(0));
    const amount = { minor: 1_200_000, currency: 'EUR' };
    ledger.deal(deal, lead, 'deal.payment-received', { paymentId: 'p', amount }, at(-20));
    return ledger;
  }

  function creditOf(events: readonly RecordedEvent[], id: string, measure = 1): Record<string, number> {
    const metric = modelMetric(
      BUILT_IN.findIndex((model) => model.id === id),
      measure,
    );
    const credit: Record<string, number> = {};
    for (const fact of creditOfLedger(events)) {
      if (fact.metric !== metric) continue;
      const name = fact.dims.values[0] ?? fact.dims.values[8] ?? '';
      credit[name] = (credit[name] ?? 0) + fact.value;
    }
    return credit;
  }

  it('is shared as the golden vector says', () => {
    const { events } = told();
    const values = (id: string) => Object.values(creditOf(events, id));
    expect(values('time-decay-7d')).toEqual([23_050, 56_195, 112_390, 224_781, 334_023, 449_561]);
    expect(values('w-30-30-30-10')).toEqual([360_000, 40_000, 360_000, 40_000, 360_000, 40_000]);
    expect(values('full-path-22.5x4-10')).toEqual([270_000, 60_000, 270_000, 60_000, 270_000, 270_000]);
    expect(creditOf(events, 'first-touch')).toEqual({ d30: 1_200_000 });
    expect(creditOf(events, 'last-touch')).toEqual({ d0: 1_200_000 });
    expect(creditOf(events, 'linear', 0)).toEqual({
      d30: 166_667,
      d21: 166_667,
      d14: 166_667,
      d7: 166_667,
      d3: 166_666,
      d0: 166_666,
    });
  });

  it('does not depend on the order in which touches became known', () => {
    const known = multiset(creditOfLedger(told().events));
    expect(multiset(creditOfLedger(told([7, 0, 30, 3, 14, 21]).events))).toEqual(known);
  });

  it('leaves every touch at exactly 0 after a full refund, and gives it back when the refund was a mistake', () => {
    const ledger = told();
    const full = multiset(creditOfLedger(ledger.events));
    for (const [refundId, minor] of [
      ['r1', 1],
      ['r2', 333_333],
      ['r3', 866_666],
    ] as const)
      ledger.deal(deal, lead, 'deal.payment-refunded', {
        paymentId: 'p',
        refundId,
        amount: { minor, currency: 'EUR' },
      });
    expect(creditOf(ledger.events, 'time-decay-7d')).toEqual({});
    expect(creditOf(ledger.events, 'linear', 0)['d0']).toBe(166_666);
    for (const refundId of ['r1', 'r2', 'r3'])
      ledger.deal(deal, lead, 'deal.refund-annulled', { paymentId: 'p', refundId, reason: null });
    expect(multiset(creditOfLedger(ledger.events))).toEqual(full);
  });

  it('stays with marketing: a touch of sales earns nothing, and alone leaves the conversion unattributed', () => {
    const ledger = toldLedger();
    ledger.lead(lead, 'lead.created', {}, at(9));
    ledger.lead(lead, 'lead.touched', { touchId: 's', channel: 'phone', team: 'sales' }, at(3));
    ledger.deal(deal, lead, 'deal.opened', {}, at(2));
    ledger.deal(deal, lead, 'deal.won', {}, at(0));
    expect(creditOf(ledger.events, 'linear', 0)).toEqual({ unattributed: 1_000_000 });
    ledger.lead(lead, 'lead.touched', { touchId: 'm', channel: 'ads', team: 'marketing' }, at(5));
    expect(creditOf(ledger.events, 'linear', 0)).toEqual({ ads: 1_000_000 });
  });

  it('takes where the lead came from for a touch, unless one was recorded by then', () => {
    const ledger = toldLedger();
    ledger.lead(lead, 'lead.created', { channel: 'fair' }, at(9));
    ledger.deal(deal, lead, 'deal.opened', {}, at(2));
    ledger.deal(deal, lead, 'deal.won', {}, at(0));
    expect(creditOf(ledger.events, 'first-touch', 0)).toEqual({ fair: 1_000_000 });
    ledger.lead(lead, 'lead.touched', { touchId: 'm', channel: 'ads' }, at(10));
    expect(creditOf(ledger.events, 'first-touch', 0)).toEqual({ ads: 1_000_000 });
  });

  it('of a renewal goes to what touched the customer since, else to nobody: an existing customer', () => {
    const ledger = told();
    const renewal = uuid(3);
    ledger.deal(renewal, lead, 'deal.opened', { kind: 'renewal' }, at(-300));
    ledger.deal(renewal, lead, 'deal.won', {}, at(-360));
    expect(creditOf(ledger.events, 'first-touch', 0)).toEqual({ d30: 1_000_000, 'existing customer': 1_000_000 });
    ledger.lead(lead, 'lead.touched', { touchId: 'n', channel: 'letter' }, at(-310));
    expect(creditOf(ledger.events, 'first-touch', 0)).toEqual({ d30: 1_000_000, letter: 1_000_000 });
  });

  it('of a deal that is not won yet follows each payment, and moves to the win', () => {
    const ledger = toldLedger();
    ledger.lead(lead, 'lead.created', {}, at(40));
    ledger.deal(deal, lead, 'deal.opened', {}, at(30));
    ledger.lead(lead, 'lead.touched', { touchId: 'a', channel: 'a' }, at(29));
    const amount = { minor: 100, currency: 'EUR' };
    ledger.deal(deal, lead, 'deal.payment-received', { paymentId: 'p1', amount }, at(20));
    ledger.lead(lead, 'lead.touched', { touchId: 'b', channel: 'b' }, at(15));
    ledger.deal(deal, lead, 'deal.payment-received', { paymentId: 'p2', amount }, at(10));
    expect(creditOf(ledger.events, 'last-touch')).toEqual({ a: 100, b: 100 });
    ledger.deal(deal, lead, 'deal.won', {}, at(12));
    expect(creditOf(ledger.events, 'last-touch')).toEqual({ b: 200 });
  });
});
