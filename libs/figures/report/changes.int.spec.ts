import fc from 'fast-check';
import { askFigures } from '../testing/figures-side.js';
import { ledgers } from '../testing/random-ledger.js';
import { toldLedger, uuid } from '../testing/recorded.js';
import { changes } from './changes.js';
import { figures } from './figures.js';
import { METRICS, type MetricDefinition } from './metrics.js';
import { look, type FiguresDeps } from './sight.js';

const ANY = { by: [], filters: new Map(), knownAt: null, minPosition: null };
const metricOf = (id: string): MetricDefinition => METRICS.get(id)!;

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
        { cause: 'new-activity', count: 1, value: 500, positions: [4] },
        { cause: 'correction', count: -1, value: -500, positions: [6] },
        { cause: 'refund', count: 1, value: -300, positions: [5] },
        { cause: 'late-touch', count: 0, value: 0, positions: [7] },
      ]);
      const ads = new Map([['channel', new Set(['ads'])]]);
      expect(await changes(sight, { ...asked, filters: ads, after: 3, upTo: 7 })).toEqual([
        { cause: 'late-touch', count: 2, value: 700, positions: [7] },
      ]);
    });
  });

  it('sums to the change, between any two positions and in any period', async () => {
    const period = { from: 20_459, to: 20_461, text: null };
    const valueAt = async (deps: FiguresDeps, upTo: number, metric: MetricDefinition): Promise<unknown> => {
      const sight = { ...(await look(deps, ANY)), upTo };
      return (await figures(deps, sight, { period, grain: 'total', by: [], filters: new Map() }, [metric])).total[
        metric.id
      ];
    };
    await fc.assert(
      fc.asyncProperty(ledgers({ gap: 700 }), fc.nat(), fc.nat(), async (events, a, b) => {
        const [from = 0, to = 0] = [a % (events.length + 1), b % (events.length + 1)].sort((x, y) => x - y);
        const after = Number(events[from - 1]?.position ?? 0n);
        const upTo = Number(events[to - 1]?.position ?? 0n);
        await askFigures(events, async (deps) => {
          const sight = await look(deps, ANY);
          for (const id of ['leads', 'firstMqls', 'won', 'newPayingCustomers', 'revenue']) {
            const metric = metricOf(id);
            const found = await changes(sight, { metric, after, upTo, days: period, filters: new Map() });
            const sum = (of: (change: (typeof found)[number]) => number): number =>
              found.reduce((total, change) => total + of(change), 0);
            const change = Number(await valueAt(deps, upTo, metric)) - Number(await valueAt(deps, after, metric));
            expect(id === 'revenue' ? sum(({ value }) => value) / 100 : sum(({ count }) => count)).toBeCloseTo(
              change,
              6,
            );
          }
        });
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);
});
