import fc from 'fast-check';
import { instantText } from '#kernel/time.js';
import { askFigures } from '../testing/figures-side.js';
import { ledgers } from '../testing/random-ledger.js';
import { toldLedger, uuid } from '../testing/recorded.js';
import { answerChanges } from './answer-changes.js';
import { changes, type Movement } from './changes.js';
import { changesCsv } from './csv.js';
import { figures } from './figures.js';
import { METRICS, type MetricDefinition } from './metrics.js';
import { look, type FiguresDeps } from './sight.js';
import type { Value } from './values.js';

const ANY = { by: [], filters: new Map(), knownAt: null, minPosition: null };
/** A movement by one event. */
const moved = (cause: string, position: number, count: number, value: number): unknown => ({
  cause,
  ...{ count, value, below: 0 },
  events: [{ position, count, value, below: 0 }],
});
const metricOf = (id: string): MetricDefinition => METRICS.get(id)!;

/** What adds up in a value: an amount, a count, above and below a line. */
function numbersOf(value: Value): readonly number[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [Number(value)];
  return 'numerator' in value ? [Number(value.numerator ?? NaN), Number(value.denominator)] : [value.count];
}

/** The same of a movement, in the figure's own unit. */
function movedParts({ formula }: MetricDefinition, count: number, value: number, below: number): readonly number[] {
  switch (formula.kind) {
    case 'money':
      return [value / 100];
    case 'sum':
      return [value];
    case 'money-per':
      return [value / 100, below];
    case 'return':
      return [value / 100, below / 100];
    default:
      return [count, below];
  }
}

describe('Why a figure changed', () => {
  it('names the causes and the events behind them', async () => {
    const told = toldLedger();
    const lead = uuid(1);
    const deal = uuid(2);
    const eur = (minor: number) => ({ minor, currency: 'EUR' });
    told.lead(lead, 'lead.created', {});
    told.deal(deal, lead, 'deal.opened', {});
    told.deal(deal, lead, 'deal.payment-received', { paymentId: 'a', amount: eur(1000), cost: eur(0) });
    told.deal(deal, lead, 'deal.payment-received', { paymentId: 'b', amount: eur(500), cost: eur(0) });
    told.deal(deal, lead, 'deal.payment-refunded', { refundId: 'r', paymentId: 'a', amount: eur(300) });
    told.deal(deal, lead, 'deal.payment-annulled', { paymentId: 'b' });
    told.lead(lead, 'lead.touched', { touchId: 't', channel: 'ads' });
    await askFigures(told.events, async (deps) => {
      const sight = await look(deps, ANY);
      const asked = { metric: metricOf('profit'), days: { from: null, to: null }, filters: new Map() };
      expect(await changes(sight, { ...asked, after: 3, upTo: 7 })).toEqual([
        moved('new-activity', 4, 1, 500),
        moved('correction', 6, -1, -500),
        moved('refund', 5, 1, -300),
        moved('late-touch', 7, 0, 0),
      ]);
      const ads = new Map([['channel', new Set(['ads'])]]);
      expect(await changes(sight, { ...asked, filters: ads, after: 3, upTo: 7 })).toEqual([
        moved('late-touch', 7, 2, 700),
      ]);
    });
  });

  it('sums to the change, between any two positions and in any period', async () => {
    const period = { from: 20_459, to: 20_461, text: null };
    const valueAt = async (deps: FiguresDeps, upTo: number, metric: MetricDefinition): Promise<Value> => {
      const sight = { ...(await look(deps, ANY)), upTo };
      const asked = { period, grain: 'total', by: [], filters: new Map() } as const;
      return (await figures(deps, sight, asked, [metric])).total[metric.id] ?? null;
    };
    await fc.assert(
      fc.asyncProperty(ledgers({ gap: 700 }), fc.nat(), fc.nat(), async (events, a, b) => {
        const [from = 0, to = 0] = [a % (events.length + 1), b % (events.length + 1)].sort((x, y) => x - y);
        const after = Number(events[from - 1]?.position ?? 0n);
        const upTo = Number(events[to - 1]?.position ?? 0n);
        await askFigures(events, async (deps) => {
          const sight = await look(deps, ANY);
          for (const [id, metric] of METRICS) {
            const found = await changes(sight, { metric, after, upTo, days: period, filters: new Map() });
            const [now, then] = [await valueAt(deps, upTo, metric), await valueAt(deps, after, metric)].map(numbersOf);
            const events = found.flatMap(({ events }) => events);
            for (const movements of [found, events]) {
              const sum = (of: (one: Movement) => number): number => movements.reduce((all, one) => all + of(one), 0);
              const [count, value] = [sum((one) => one.count), sum((one) => one.value)];
              const moved = movedParts(
                metric,
                count,
                value,
                sum((one) => one.below),
              );
              const expected = moved.map((_, i) => (now?.[i] ?? 0) - (then?.[i] ?? 0));
              // What came back may not be known; then only the spend below the line can be compared.
              const known = moved.map((one, i) => (Number.isNaN(expected[i]) ? 'NaN' : one.toFixed(6)));
              expect([id, known]).toEqual([id, expected.map((one) => one.toFixed(6))]);
            }
          }
        });
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);

  describe('as it is answered', () => {
    const lead = uuid(1);
    const eur = (minor: number) => ({ minor, currency: 'EUR' });
    const on = (day: string) => ({ occurredAt: Date.parse(`${day}T12:00:00Z`) });
    const told = toldLedger({ start: Date.UTC(2026, 5, 1) });
    told.lead(lead, 'lead.created', { channel: 'ads' }, on('2026-01-01'));
    told.deal(uuid(2), lead, 'deal.opened', {}, on('2026-01-02'));
    told.deal(uuid(2), lead, 'deal.won', { value: eur(9000) }, on('2026-01-05'));
    told.deal(uuid(2), lead, 'deal.payment-received', { paymentId: 'a', amount: eur(9000) }, on('2026-01-06'));
    told.deal(uuid(3), lead, 'deal.opened', {}, on('2026-01-03'));
    told.deal(uuid(3), lead, 'deal.lost', {}, on('2026-01-09'));
    told.deal(
      uuid(2),
      lead,
      'deal.payment-refunded',
      { refundId: 'r', paymentId: 'a', amount: eur(1000) },
      on('2026-01-08'),
    );
    const at = (place: number): string => instantText(told.events[place]?.recordedAt ?? 0);
    const ask = (query: Record<string, string>) => askFigures(told.events, (deps) => answerChanges(deps, query));

    it('says what it was, what it is, and who did what in between', async () => {
      const answer = await ask({ metric: 'netRevenue', period: '2026-01', knownFrom: at(2) });
      expect(answer).toMatchObject({
        asOf: { position: '7', knownAt: null },
        since: { position: '3', knownAt: at(2) },
        metric: { id: 'netRevenue', unit: 'money' },
        before: '0.00',
        after: '80.00',
        changes: [
          { cause: 'new-activity', change: '90.00', events: 1 },
          { cause: 'refund', change: '-10.00', events: 1 },
        ],
      });
      expect(answer.changes[1]?.items).toEqual([
        {
          eventId: told.events[6]?.eventId,
          type: 'deal.payment-refunded',
          position: '7',
          occurredAt: '2026-01-08T12:00:00Z',
          recordedAt: at(6),
          actor: { id: 'ann', team: 'marketing' },
          lead,
          deal: uuid(2),
          change: '-10.00',
        },
      ]);
      expect(changesCsv(answer).split('\n')[0]).toBe(
        'cause,eventId,type,occurredAt,recordedAt,actor,team,lead,deal,change',
      );
    });

    it('keeps both sides of a rate, and what was measured of a duration', async () => {
      const rate = await ask({ metric: 'winRateOfClosed', knownFrom: at(2), knownAt: at(5) });
      expect(rate).toMatchObject({ before: { value: 1 }, after: { value: 0.5 } });
      expect(rate.changes).toMatchObject([{ cause: 'new-activity', change: { numerator: 0, denominator: 1 } }]);
      const days = await ask({ metric: 'dealCycleDays', knownFrom: at(1) });
      expect(days.changes).toMatchObject([{ change: { unit: 'day', count: 1, sum: 3 } }]);
      expect(changesCsv(days)).toMatch(/change\.count,change\.sum\n.*,1,3\n/);
    });

    it('lists as many events as asked for, and says how many there are', async () => {
      const answer = await ask({ metric: 'opportunities', knownFrom: at(0), limit: '1' });
      expect(answer.changes).toMatchObject([{ change: 2, events: 2, items: [{ type: 'deal.opened' }] }]);
    });

    it.each([
      [{ knownFrom: '2026-06-01T00:00:00Z' }, 'QUERY.METRICS_MISSING'],
      [{ metric: 'wons', knownFrom: '2026-06-01T00:00:00Z' }, 'QUERY.UNKNOWN_METRIC'],
      [{ metric: 'won' }, 'QUERY.BAD_INSTANT'],
      [{ metric: 'won', knownFrom: at(5), knownAt: at(2) }, 'QUERY.BAD_INSTANT'],
      [{ metric: 'won', knownFrom: at(5), by: 'channel' }, 'QUERY.UNKNOWN_PARAMETER'],
      [{ metric: 'won', knownFrom: at(5), limit: '0' }, 'QUERY.BAD_PARAMETER'],
    ])('refuses %j with %s', async (query, code) => {
      await expect(ask(query)).rejects.toMatchObject({ kind: 'malformed', code });
    });
  });
});
