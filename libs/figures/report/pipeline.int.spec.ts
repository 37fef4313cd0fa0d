import fc from 'fast-check';
import { instantText } from '#kernel/time.js';
import { historiesOf } from '../testing/facts-of.js';
import { askFigures } from '../testing/figures-side.js';
import { ledgers } from '../testing/random-ledger.js';
import { toldLedger, uuid } from '../testing/recorded.js';
import { answerPipeline } from './pipeline.js';

describe('The pipeline', () => {
  it('holds the open deals by stage with their values, now and as known at a moment', async () => {
    const told = toldLedger();
    const eur = (minor: number) => ({ minor, currency: 'EUR' });
    told.deal(uuid(1), null, 'deal.opened', { stage: 'demo', value: eur(1000), owner: 'sam' });
    told.deal(uuid(2), null, 'deal.opened', { stage: 'demo' });
    const before = told.deal(uuid(1), null, 'deal.advanced', { stage: 'offer', value: eur(1500) });
    told.deal(uuid(2), null, 'deal.won', { value: eur(900) });
    told.deal(uuid(1), null, 'deal.amended', { value: eur(2000) });
    await askFigures(told.events, async (deps) => {
      expect(await answerPipeline(deps, {})).toMatchObject({
        currency: 'EUR',
        stages: [{ stage: 'offer', count: 1, value: { amount: '20.00', currency: 'EUR' } }],
        total: { count: 1, value: { amount: '20.00' } },
      });
      expect(await answerPipeline(deps, { knownAt: instantText(before.recordedAt) })).toMatchObject({
        stages: [
          { stage: 'demo', count: 1, value: { amount: '0.00' } },
          { stage: 'offer', count: 1, value: { amount: '15.00' } },
        ],
      });
      expect((await answerPipeline(deps, { owner: '' })).total.count).toBe(0);
      await expect(answerPipeline(deps, { period: '2026' })).rejects.toMatchObject({
        code: 'QUERY.UNKNOWN_PARAMETER',
      });
    });
  });

  it('is what the open deals add up to, whatever happened to them', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers({ maxSteps: 80 }), async (events) => {
        const open = [...historiesOf(events).values()]
          .flatMap(({ deals }) => deals)
          .filter(({ annulled, close }) => !annulled && close === null);
        const { total } = await askFigures(events, (deps) => answerPipeline(deps, {}));
        expect(total.count).toBe(open.length);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  }, 120_000);
});
