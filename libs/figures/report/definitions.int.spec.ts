import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { askFigures } from '../testing/figures-side.js';
import { toldLedger, uuid, type ToldLedger } from '../testing/recorded.js';
import { answerFigures, type FiguresRow } from './figures.js';
import type { Value } from './values.js';

const LEAD = uuid(1);
const OTHER = uuid(2);
const DEAL = uuid(11);
const at = (text: string): Instant => Date.parse(text.length === 10 ? `${text}T12:00:00Z` : `${text}Z`);
const on = (text: string) => ({ occurredAt: at(text) });
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const SALES = { id: 'sam', team: 'sales' as const };

function ledger(tell: (ledger: ToldLedger) => void): readonly RecordedEvent[] {
  const told = toldLedger({ start: Date.UTC(2026, 5, 1) });
  tell(told);
  return told.events;
}

async function total(
  events: readonly RecordedEvent[],
  metric: string,
  query: Record<string, string> = {},
): Promise<Value> {
  return (await askFigures(events, (deps) => answerFigures(deps, { metrics: metric, ...query }))).total[metric] ?? null;
}

async function rows(
  events: readonly RecordedEvent[],
  metric: string,
  by: string,
  query: Record<string, string> = {},
): Promise<readonly FiguresRow[]> {
  return (await askFigures(events, (deps) => answerFigures(deps, { metrics: metric, by, ...query }))).rows;
}

/** A won deal with a payment: created 1 March, opened 3 March, won 10 March for 500.00, paid 12 March. */
function sale(told: ToldLedger, payment: { cost?: number | null; amount?: number } = {}): void {
  told.lead(LEAD, 'lead.created', { channel: 'email', owner: 'amy', ownerTeam: 'marketing' }, on('2026-03-01'));
  told.deal(DEAL, LEAD, 'deal.opened', { value: eur(40_000), owner: 'sam', ownerTeam: 'sales' }, on('2026-03-03'));
  told.deal(DEAL, LEAD, 'deal.won', { value: eur(50_000) }, on('2026-03-10'));
  const cost = payment.cost === undefined ? 20_000 : payment.cost;
  const amount = eur(payment.amount ?? 50_000);
  told.deal(
    DEAL,
    LEAD,
    'deal.payment-received',
    { paymentId: 'p', amount, cost: cost === null ? null : eur(cost) },
    on('2026-03-12'),
  );
}

describe('Entries into stages', () => {
  const events = ledger((told) => {
    told.lead(LEAD, 'lead.created', {}, on('2026-01-01'));
    told.lead(LEAD, 'lead.mql-qualified', {}, on('2026-01-05'));
    told.lead(LEAD, 'lead.mql-qualified', {}, on('2026-02-05'));
    told.lead(LEAD, 'lead.reopened', { mode: 'new-pass', annuls: null }, { ...on('2026-03-01'), pass: 2 });
    told.lead(LEAD, 'lead.mql-qualified', {}, { ...on('2026-03-05'), pass: 2 });
  });

  it('count once per pass, at the first of them; `first...` once per lead', async () => {
    expect(await total(events, 'mqls')).toBe(2);
    expect(await rows(events, 'mqls', 'channel', { grain: 'month' })).toEqual([
      { period: '2026-01', channel: null, mqls: 1 },
      { period: '2026-03', channel: null, mqls: 1 },
    ]);
    expect(await total(events, 'firstMqls')).toBe(1);
    expect(await total(events, 'leads')).toBe(1);
  });

  it('are gone when annulled, as are the owner and the pass that came with them', async () => {
    const annulled = ledger((told) => {
      told.lead(LEAD, 'lead.created', {}, on('2026-01-01'));
      const accepted = told.lead(LEAD, 'lead.accepted', { becomesOwner: 'sam' }, { ...on('2026-01-02'), actor: SALES });
      told.lead(LEAD, 'lead.sql-qualified', {}, on('2026-01-03'));
      told.lead(
        LEAD,
        'lead.stage-annulled',
        { annuls: accepted.revision, stage: 'sal', cancelsPass: false },
        on('2026-01-04'),
      );
    });
    expect(await total(annulled, 'sals')).toBe(0);
    expect(await rows(annulled, 'sqls', 'owner')).toEqual([{ owner: null, sqls: 1 }]);
  });
});

describe('Deals', () => {
  it('of kind new count as opportunities, won and lost; bookings are the value of any deal won, on the day won', async () => {
    const events = ledger((told) => {
      sale(told);
      told.deal(uuid(12), LEAD, 'deal.opened', { kind: 'renewal', value: eur(10_000) }, on('2026-04-01'));
      told.deal(uuid(12), LEAD, 'deal.won', {}, on('2026-04-02'));
      told.deal(uuid(13), null, 'deal.opened', {}, on('2026-04-01'));
      told.deal(uuid(13), null, 'deal.lost', {}, on('2026-04-03'));
    });
    const { total: all, rows: byKind } = await askFigures(events, (deps) =>
      answerFigures(deps, {
        metrics: 'opportunities,won,lost,bookings,newCustomers,winRateOfClosed,winRateOfOpened',
        by: 'dealKind',
      }),
    );
    expect(all).toEqual({
      opportunities: 2,
      won: 1,
      lost: 1,
      bookings: '600.00',
      newCustomers: 1,
      winRateOfClosed: { value: 0.5, numerator: 1, denominator: 2 },
      winRateOfOpened: { value: 0.5, numerator: 1, denominator: 2 },
    });
    expect(byKind.find((row) => row['dealKind'] === 'renewal')).toMatchObject({
      bookings: '100.00',
      won: 0,
      winRateOfClosed: { value: null, numerator: 0, denominator: 0 },
    });
  });

  it('that are reopened are no longer won, and lose the value that the win brought', async () => {
    const events = ledger((told) => {
      sale(told);
      told.deal(DEAL, LEAD, 'deal.reopened', {}, on('2026-03-20'));
      told.deal(DEAL, LEAD, 'deal.won', {}, on('2026-03-25'));
    });
    expect(await total(events, 'bookings')).toBe('400.00');
    expect(await rows(events, 'won', 'channel', { grain: 'day' })).toEqual([
      { period: '2026-03-25', channel: 'email', won: 1 },
    ]);
  });

  it('that are annulled are out of all figures', async () => {
    const events = ledger((told) => {
      told.lead(LEAD, 'lead.created', {}, on('2026-03-01'));
      told.deal(DEAL, LEAD, 'deal.opened', { value: eur(1) }, on('2026-03-02'));
      told.deal(DEAL, LEAD, 'deal.won', {}, on('2026-03-03'));
      told.deal(DEAL, LEAD, 'deal.annulled', {}, on('2026-03-04'));
    });
    const answer = await askFigures(events, (deps) =>
      answerFigures(deps, { metrics: 'opportunities,won,bookings,newCustomers' }),
    );
    expect(answer.total).toEqual({ opportunities: 0, won: 0, bookings: '0.00', newCustomers: 0 });
    expect(answer.rows).toEqual([]);
  });

  it('take the value that was set last in business time, amended after the win as well', async () => {
    const events = ledger((told) => {
      sale(told);
      told.deal(DEAL, LEAD, 'deal.amended', { value: eur(45_000) }, on('2026-03-05'));
      told.deal(DEAL, LEAD, 'deal.amended', { value: eur(55_000) }, on('2026-03-15'));
    });
    expect(await total(events, 'bookings')).toBe('550.00');
  });
});

describe('Money', () => {
  it('is revenue on the day of the payment, refunds on their own day, and profit on both', async () => {
    const events = ledger((told) => {
      sale(told);
      told.deal(
        DEAL,
        LEAD,
        'deal.payment-refunded',
        { refundId: 'r', paymentId: 'p', amount: eur(10_000), costRecovered: eur(3_000) },
        on('2026-05-01'),
      );
    });
    const answer = await askFigures(events, (deps) =>
      answerFigures(deps, { metrics: 'revenue,refunds,netRevenue,profit', grain: 'month' }),
    );
    expect(answer.rows).toEqual([
      { period: '2026-03', revenue: '500.00', refunds: '0.00', netRevenue: '500.00', profit: '300.00' },
      { period: '2026-05', revenue: '0.00', refunds: '100.00', netRevenue: '-100.00', profit: '-70.00' },
    ]);
    expect(answer.total).toEqual({ revenue: '500.00', refunds: '100.00', netRevenue: '400.00', profit: '230.00' });
  });

  it('leaves payments without cost, and their refunds, out of profit, counts them and says so; without any costed payment profit is null', async () => {
    const uncosted = ledger((told) => {
      sale(told, { cost: null });
      told.deal(
        DEAL,
        LEAD,
        'deal.payment-refunded',
        { refundId: 'r', paymentId: 'p', amount: eur(10_000) },
        on('2026-05-01'),
      );
    });
    expect(await total(uncosted, 'profit')).toBeNull();
    const both = ledger((told) => {
      sale(told, { cost: null });
      told.deal(
        DEAL,
        LEAD,
        'deal.payment-received',
        { paymentId: 'q', amount: eur(1_000), cost: eur(1_000) },
        on('2026-03-13'),
      );
    });
    const answer = await askFigures(both, (deps) => answerFigures(deps, { metrics: 'profit,paymentsWithoutCost' }));
    expect(answer.total).toEqual({ profit: '0.00', paymentsWithoutCost: 1 });
    expect(answer.warnings).toEqual([
      { code: 'PAYMENTS_WITHOUT_COST', detail: expect.stringContaining('1 payment') as unknown },
    ]);
  });

  it('in another currency is converted by the rate given, and nets to exactly 0 when refunded in parts', async () => {
    const rate = { to: 'EUR', value: '0.3333', source: null, on: null };
    const usd = (minor: number) => ({ minor, currency: 'USD' });
    const events = ledger((told) => {
      told.lead(LEAD, 'lead.created', {}, on('2026-03-01'));
      told.deal(DEAL, LEAD, 'deal.opened', { value: usd(1000), rate }, on('2026-03-02'));
      told.deal(DEAL, LEAD, 'deal.won', {}, on('2026-03-03'));
      told.deal(DEAL, LEAD, 'deal.payment-received', { paymentId: 'p', amount: usd(1000), rate }, on('2026-03-04'));
      for (const [i, minor] of [334, 333, 333].entries()) {
        told.deal(
          DEAL,
          LEAD,
          'deal.payment-refunded',
          { refundId: `r${i}`, paymentId: 'p', amount: usd(minor) },
          on('2026-03-05'),
        );
      }
    });
    expect(await total(events, 'bookings')).toBe('3.33');
    expect(await total(events, 'revenue')).toBe('3.33');
    expect(await total(events, 'netRevenue')).toBe('0.00');
  });

  it('that was annulled was never paid', async () => {
    const events = ledger((told) => {
      sale(told);
      told.deal(DEAL, LEAD, 'deal.payment-annulled', { paymentId: 'p' }, on('2026-04-01'));
    });
    expect(await total(events, 'revenue')).toBe('0.00');
    expect(await total(events, 'newPayingCustomers')).toBe(0);
  });
});

describe('Paying customers', () => {
  const refunded = (told: ToldLedger): void => {
    told.deal(
      DEAL,
      LEAD,
      'deal.payment-refunded',
      { refundId: 'r', paymentId: 'p', amount: eur(50_000) },
      on('2026-04-20'),
    );
  };

  it('are leads by their earliest payment above 0, refunds notwithstanding', async () => {
    const events = ledger((told) => {
      sale(told);
      told.deal(DEAL, LEAD, 'deal.payment-received', { paymentId: 'zero', amount: eur(0) }, on('2026-03-02'));
      told.deal(DEAL, LEAD, 'deal.payment-received', { paymentId: 'late', amount: eur(1) }, on('2026-02-27'));
      refunded(told);
    });
    expect(await rows(events, 'newPayingCustomers', 'channel', { grain: 'day' })).toEqual([
      { period: '2026-02-27', channel: 'email', newPayingCustomers: 1 },
    ]);
    expect(await total(events, 'newPayingCustomersReversed')).toBe(0);
  });

  it('are reversed on the day on which everything was paid back', async () => {
    const events = ledger((told) => {
      sale(told);
      refunded(told);
    });
    expect(await total(events, 'newPayingCustomers')).toBe(1);
    expect(await rows(events, 'newPayingCustomersReversed', 'channel', { grain: 'day' })).toEqual([
      { period: '2026-04-20', channel: 'email', newPayingCustomersReversed: 1 },
    ]);
    const again = [...events];
    const undone = toldLedger({ firstPosition: 100 });
    undone.deal(DEAL, LEAD, 'deal.refund-annulled', { refundId: 'r', paymentId: 'p' }, on('2026-04-21'));
    expect(await total([...again, ...undone.events], 'newPayingCustomersReversed')).toBe(0);
  });
});

describe('Durations', () => {
  /** Ten leads closed after 1 to 10 days; the first was won two days before it was recorded. */
  const events = ledger((told) => {
    for (let i = 1; i <= 10; i++) {
      told.lead(uuid(i), 'lead.created', {}, on('2026-03-10'));
      const won = i === 1 ? on('2026-03-08') : { occurredAt: at('2026-03-10') + i * 86_400_000 };
      told.deal(uuid(100 + i), uuid(i), 'deal.opened', { value: eur(1) }, on('2026-03-06'));
      told.deal(uuid(100 + i), uuid(i), 'deal.won', {}, won);
    }
  });

  it('have an exact mean and percentiles by nearest rank, and may be negative', async () => {
    expect(await total(events, 'timeToCloseDays')).toEqual({
      unit: 'day',
      count: 10,
      mean: 5.2,
      p50: 5,
      p90: 9,
      p95: 10,
    });
    expect(await total(events, 'dealCycleDays')).toMatchObject({ count: 10, mean: 9.2, p50: 9 });
  });

  it('elapsed are within their stated error, with an exact mean', async () => {
    const elapsed = await total(events, 'timeToClose');
    expect(elapsed).toMatchObject({ unit: 'second', count: 10, mean: 5.2 * 86_400 });
    const { p50 = 0 } = elapsed as { p50?: number };
    expect(Math.abs(p50 / (5 * 86_400) - 1)).toBeLessThanOrEqual(0.01);
  });

  it('are null where there is nothing to measure', async () => {
    expect(await total(events, 'timeToCloseDays', { period: '2025' })).toEqual({
      unit: 'day',
      count: 0,
      mean: null,
      p50: null,
      p90: null,
      p95: null,
    });
  });

  it('never use an assumed date, which counts do and say', async () => {
    const assumed = ledger((told) => {
      told.lead(LEAD, 'lead.created', { assumed: ['occurredAt'] }, on('2026-03-01'));
      told.deal(DEAL, LEAD, 'deal.opened', { assumed: ['opening'] }, on('2026-03-10'));
      told.deal(DEAL, LEAD, 'deal.won', {}, on('2026-03-10'));
    });
    const answer = await askFigures(assumed, (deps) =>
      answerFigures(deps, { metrics: 'leads,won,timeToCloseDays,dealCycleDays' }),
    );
    expect(answer.total).toMatchObject({
      leads: 1,
      won: 1,
      timeToCloseDays: { count: 0 },
      dealCycleDays: { count: 0 },
    });
    expect(answer.warnings).toEqual([
      { code: 'ASSUMED_DATES', detail: expect.stringMatching(/^leads: 1 of 1/) as unknown },
    ]);
  });
});

describe('Dimensions', () => {
  it('of origin are those given, else of the first touch that stands; a correction restates the past', async () => {
    const tell = (more: (told: ToldLedger) => void = () => undefined): readonly RecordedEvent[] =>
      ledger((told) => {
        told.lead(LEAD, 'lead.created', { campaign: 'spring' }, on('2026-03-01'));
        told.lead(LEAD, 'lead.touched', { touchId: 'b', channel: 'email', campaign: 'x' }, on('2026-02-20'));
        told.lead(LEAD, 'lead.touched', { touchId: 'a', channel: 'ads' }, on('2026-02-10'));
        more(told);
      });
    expect(await rows(tell(), 'leads', 'channel,campaign')).toEqual([{ channel: 'ads', campaign: 'spring', leads: 1 }]);
    const annulled = tell((told) => void told.lead(LEAD, 'lead.touch-annulled', { touchId: 'a' }, on('2026-03-02')));
    expect(await rows(annulled, 'leads', 'channel')).toEqual([{ channel: 'email', leads: 1 }]);
    const corrected = tell(
      (told) => void told.lead(LEAD, 'lead.details-changed', { channel: 'fair' }, on('2026-06-02')),
    );
    expect(await rows(corrected, 'leads', 'channel')).toEqual([{ channel: 'fair', leads: 1 }]);
  });

  it('of owner and team are those in charge then; a back-dated assignment restates, a tie goes to the later recorded', async () => {
    const events = ledger((told) => {
      told.lead(LEAD, 'lead.created', { owner: 'amy', ownerTeam: 'marketing' }, on('2026-03-01'));
      told.lead(LEAD, 'lead.mql-qualified', {}, on('2026-03-05'));
      told.lead(LEAD, 'lead.assigned', { owner: 'bob', team: 'sales' }, on('2026-03-08'));
      told.lead(LEAD, 'lead.sql-qualified', {}, on('2026-03-09'));
      told.lead(LEAD, 'lead.assigned', { owner: 'cid', team: 'sales' }, on('2026-03-09'));
      told.lead(LEAD, 'lead.assigned', { owner: 'dan', team: 'marketing' }, on('2026-03-04'));
    });
    expect(await rows(events, 'leads', 'owner,team')).toEqual([{ owner: 'amy', team: 'marketing', leads: 1 }]);
    expect(await rows(events, 'mqls', 'owner,team')).toEqual([{ owner: 'dan', team: 'marketing', mqls: 1 }]);
    expect(await rows(events, 'sqls', 'owner,team')).toEqual([{ owner: 'cid', team: 'sales', sqls: 1 }]);
  });

  it('of segment and the like count from the moment of the change on', async () => {
    const events = ledger((told) => {
      told.lead(LEAD, 'lead.created', { segment: 'small', dimensions: { region: 'north' } }, on('2026-03-01'));
      told.lead(LEAD, 'lead.mql-qualified', {}, on('2026-03-05'));
      told.lead(LEAD, 'lead.details-changed', { segment: 'large', dimensions: { region: null } }, on('2026-03-04'));
    });
    expect(await rows(events, 'leads', 'segment,region')).toEqual([{ segment: 'small', region: 'north', leads: 1 }]);
    expect(await rows(events, 'mqls', 'segment,region')).toEqual([{ segment: 'large', region: null, mqls: 1 }]);
  });

  it("of a deal are the deal's, where it has none the lead's; of a customer the lead's", async () => {
    const events = ledger((told) => {
      told.lead(
        LEAD,
        'lead.created',
        { channel: 'email', country: 'DE', product: 'desk', owner: 'amy', ownerTeam: 'marketing' },
        on('2026-03-01'),
      );
      told.deal(DEAL, LEAD, 'deal.opened', { product: 'chair', stage: 'demo' }, on('2026-03-02'));
      told.deal(DEAL, LEAD, 'deal.assigned', { owner: 'sam', team: 'sales' }, on('2026-03-03'));
      told.deal(DEAL, LEAD, 'deal.advanced', { stage: 'offer' }, on('2026-03-04'));
      told.deal(DEAL, LEAD, 'deal.won', {}, on('2026-03-05'));
    });
    const by = 'channel,country,product,owner,stage';
    expect(await rows(events, 'opportunities', by)).toEqual([
      { channel: 'email', country: 'DE', product: 'chair', owner: 'amy', stage: 'demo', opportunities: 1 },
    ]);
    expect(await rows(events, 'won', by)).toEqual([
      { channel: 'email', country: 'DE', product: 'chair', owner: 'sam', stage: 'offer', won: 1 },
    ]);
    expect(await rows(events, 'newCustomers', by)).toEqual([
      { channel: 'email', country: 'DE', product: 'desk', owner: 'amy', stage: null, newCustomers: 1 },
    ]);
  });
});

describe('Days', () => {
  it("are days of the organisation's zone", async () => {
    const events = ledger((told) => {
      told.lead(LEAD, 'lead.created', {}, on('2026-03-01T02:30:00'));
      told.lead(OTHER, 'lead.created', {}, on('2026-03-01T03:30:00'));
    });
    const organisation = { timeZone: 'America/Sao_Paulo', currency: 'BRL', fiscalYearStart: '01-01' };
    const answer = await askFigures(events, (deps) => answerFigures(deps, { metrics: 'leads', grain: 'day' }), {
      organisation,
    });
    expect(answer.rows).toEqual([
      { period: '2026-02-28', leads: 1 },
      { period: '2026-03-01', leads: 1 },
    ]);
    expect(answer).toMatchObject({ timeZone: 'America/Sao_Paulo', currency: 'BRL' });
  });
});
