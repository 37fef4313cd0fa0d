import type { RecordedEvent } from '#kernel/envelope.js';
import { instantText } from '#kernel/time.js';
import { askFigures } from '../testing/figures-side.js';
import { toldLedger, uuid, type ToldLedger } from '../testing/recorded.js';
import { answerChanges } from './answer-changes.js';
import { figuresCsv, funnelCsv } from './csv.js';
import { answerFigures } from './figures.js';
import { answerFunnel } from './funnel.js';

const on = (text: string) => ({ occurredAt: Date.parse(`${text}T12:00:00Z`) });
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const USD_RATE = { to: 'EUR', value: '0.5', source: null, on: null };

function ledger(tell: (ledger: ToldLedger) => void): readonly RecordedEvent[] {
  const told = toldLedger({ start: Date.UTC(2026, 5, 1) });
  tell(told);
  return told.events;
}

/** 100.00 and, in dollars, 50.00 on ads (campaign spring), 30.00 on print alone; ads brought one customer who paid 400.00 at a cost of 100.00. */
const events = ledger((told) => {
  told.spend('spring', 'spend.recorded', {
    spendId: 'a',
    campaign: 'spring',
    amount: eur(10_000),
    impressions: 900,
    clicks: 30,
  });
  told.spend('spring', 'spend.recorded', {
    spendId: 'b',
    campaign: 'spring',
    day: '2026-02-10',
    kind: 'agency',
    amount: { minor: 10_000, currency: 'USD' },
    rate: USD_RATE,
  });
  told.spend('print', 'spend.recorded', { spendId: 'c', channel: 'print', day: '2026-01-20', amount: eur(9_000) });
  told.lead(uuid(1), 'lead.created', { channel: 'ads', campaign: 'spring' }, on('2026-01-02'));
  told.deal(uuid(2), uuid(1), 'deal.opened', {}, on('2026-01-03'));
  told.deal(uuid(2), uuid(1), 'deal.won', { value: eur(40_000) }, on('2026-01-10'));
  told.deal(
    uuid(2),
    uuid(1),
    'deal.payment-received',
    { paymentId: 'p', amount: eur(40_000), cost: eur(10_000) },
    on('2026-01-11'),
  );
  told.spend('print', 'spend.corrected', {
    spendId: 'c',
    channel: 'print',
    day: '2026-01-20',
    amount: eur(3_000),
    reason: null,
  });
});
const ask = (query: Record<string, string>) => askFigures(events, (deps) => answerFigures(deps, query));

describe('Spend as figures', () => {
  it('is summed by day, channel, campaign and kind, in the currency of the organisation', async () => {
    const { rows, total } = await ask({ metrics: 'spend,impressions,clicks', by: 'channel,campaign,spendKind' });
    expect(rows).toEqual([
      { channel: 'ads', campaign: 'spring', spendKind: 'agency', spend: '50.00', impressions: 0, clicks: 0 },
      { channel: 'ads', campaign: 'spring', spendKind: 'media', spend: '100.00', impressions: 900, clicks: 30 },
      { channel: 'print', campaign: null, spendKind: 'media', spend: '30.00', impressions: 0, clicks: 0 },
    ]);
    expect(total).toEqual({ spend: '180.00', impressions: 900, clicks: 30 });
    const months = await ask({ metrics: 'spend', grain: 'month' });
    expect(months.rows).toEqual([
      { period: '2026-01', spend: '130.00' },
      { period: '2026-02', spend: '50.00' },
    ]);
    expect((await ask({ metrics: 'spend', spendKind: 'agency' })).total).toEqual({ spend: '50.00' });
  });

  it('is restated by a correction, which is known only from then on', async () => {
    const then = instantText(events[6]?.recordedAt ?? 0);
    expect((await ask({ metrics: 'spend', channel: 'print', knownAt: then })).total).toEqual({ spend: '90.00' });
    expect((await ask({ metrics: 'spend', channel: 'print' })).total).toEqual({ spend: '30.00' });
    const why = await askFigures(events, (deps) =>
      answerChanges(deps, { metric: 'romi', channel: 'print', knownFrom: then }),
    );
    expect(why.changes).toMatchObject([
      { cause: 'correction', change: { numerator: '60.00', denominator: '-60.00' }, events: 1 },
    ]);
  });

  it('costs so much for each new customer, rounded half to even, and nobody knows without one', async () => {
    const { rows, total } = await ask({ metrics: 'cac', by: 'channel' });
    expect(rows).toEqual([
      { channel: 'ads', cac: { value: '150.00', numerator: '150.00', denominator: 1 } },
      { channel: 'print', cac: { value: null, numerator: '30.00', denominator: 0 } },
    ]);
    expect(total).toEqual({ cac: { value: '180.00', numerator: '180.00', denominator: 1 } });
  });

  it('stands beside what came back where money is asked for, rows without any result included', async () => {
    const answer = await ask({ metrics: 'newCustomers', by: 'channel', period: '2026-01', money: 'true' });
    expect(answer.rows).toEqual([
      {
        channel: 'ads',
        newCustomers: 1,
        revenue: '400.00',
        profit: '300.00',
        spend: '100.00',
        romi: { value: 2, numerator: '200.00', denominator: '100.00' },
      },
      {
        channel: 'print',
        newCustomers: 0,
        revenue: '0.00',
        profit: null,
        spend: '30.00',
        romi: { value: -1, numerator: '-30.00', denominator: '30.00' },
      },
    ]);
    expect(answer.warnings).toEqual([]);
    expect(figuresCsv(answer)).toBe(
      'channel,newCustomers,revenue,profit,spend,romi.value,romi.numerator,romi.denominator\n' +
        'ads,1,400.00,300.00,100.00,2,200.00,100.00\nprint,0,0.00,,30.00,-1,-30.00,30.00\n',
    );
    const roas = await ask({ metrics: 'roas', channel: 'ads' });
    expect(roas.total).toEqual({ roas: { value: 400 / 150, numerator: '400.00', denominator: '150.00' } });
  });

  it('does so in a funnel by channel too', async () => {
    const funnel = await askFigures(events, (deps) =>
      answerFunnel(deps, { stages: 'lead,won', by: 'channel', period: '2026-01', money: 'true' }),
    );
    expect(funnel.rows).toMatchObject([
      { channel: 'ads', revenue: '400.00', spend: '100.00', romi: { value: 2 }, stages: [{ count: 1 }, { count: 1 }] },
      { channel: 'print', revenue: '0.00', spend: '30.00', romi: { value: -1 }, stages: [{ count: 0 }, { count: 0 }] },
    ]);
    expect(funnel.total).toMatchObject({ revenue: '400.00', profit: '300.00', spend: '130.00' });
    expect(funnelCsv(funnel).split('\n')[0]).toMatch(/recorded,revenue,profit,spend,romi\.value,/);
  });

  it('has no return where payments came in and no cost is known', async () => {
    const uncosted = ledger((told) => {
      told.spend('x', 'spend.recorded', { spendId: 'a', amount: eur(100) });
      told.lead(uuid(1), 'lead.created', { channel: 'ads' }, on('2026-01-02'));
      told.deal(uuid(2), uuid(1), 'deal.opened', {}, on('2026-01-03'));
      told.deal(uuid(2), uuid(1), 'deal.payment-received', { paymentId: 'p', amount: eur(900) }, on('2026-01-11'));
    });
    const { total, warnings } = await askFigures(uncosted, (deps) => answerFigures(deps, { metrics: 'romi,roas' }));
    expect(total).toMatchObject({ romi: { value: null, numerator: null, denominator: '1.00' }, roas: { value: 9 } });
    expect(warnings.map(({ code }) => code)).toEqual(['PAYMENTS_WITHOUT_COST']);
  });

  it('belongs to channels and campaigns: money elsewhere is refused, other dimensions are warned of', async () => {
    await expect(ask({ metrics: 'won', by: 'owner', money: 'true' })).rejects.toMatchObject({
      code: 'QUERY.MONEY_NEEDS_CHANNEL',
    });
    await expect(ask({ metrics: 'won', by: 'channel', money: 'yes' })).rejects.toMatchObject({
      code: 'QUERY.BAD_PARAMETER',
    });
    const answer = await ask({ metrics: 'cac', by: 'channel,owner' });
    expect(answer.warnings.map(({ code }) => code)).toEqual(['SPEND_HAS_NO_DIMENSION']);
  });
});
