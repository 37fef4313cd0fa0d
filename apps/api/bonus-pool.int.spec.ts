import type { LightMyRequestResponse } from 'fastify';
import type { PlanAnswer } from '#incentives/read/plans/answer-plans.js';
import type { StatementsAnswer } from '#incentives/read/statements/answer-statements.js';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import type { Problem } from '#platform/http/problem.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
/** 90.00 EUR for both teams, in thirds, in every month with two new paying customers. */
const TERMS = {
  name: 'Together 2025',
  effectiveFrom: '2025-01-01',
  basis: 'profit',
  tiers: [{ id: 'first', threshold: eur('1000.00'), reward: { kind: 'fixed', amount: eur('300.00') } }],
  split: { kind: 'attribution', model: 'linear@1' },
  teamPool: {
    metric: 'newPayingCustomers',
    target: '2',
    amount: eur('90.00'),
    shares: [
      { member: 'mia', weight: 1 },
      { member: 'sam', weight: 2 },
    ],
  },
  signatories: { marketing: 'hanna', sales: 'henry', finance: 'fiona' },
};

let app: RunningApp;
let plan = '';
let second = '';
beforeAll(async () => {
  app = await runningApp({ CONCORD_CURRENCY: 'EUR' });
  for (const [handle, team, role] of [
    ['mia', 'marketing', 'member'],
    ['sam', 'sales', 'member'],
    ['hanna', 'marketing', 'head'],
    ['henry', 'sales', 'head'],
    ['fiona', 'finance', 'head'],
  ])
    await does('fiona', '/members', { handle, team, role, occurredAt: '2024-01-01T08:00:00Z' });
});
afterAll(() => app.stop());

const as = (id: string, path: string, body: object): Promise<LightMyRequestResponse> =>
  app.post(path, body, { 'x-actor-id': id });
async function does(id: string, path: string, body: object): Promise<CommandAnswer> {
  const response = await as(id, path, body);
  if (response.statusCode >= 300) throw new Error(`${path}: ${response.body}`);
  return response.json();
}
const code = async (id: string, path: string, body: object): Promise<unknown> =>
  (await as(id, path, body)).json<Problem>().code;
const evaluate = (period = '2025-03') => does('fiona', `/bonuses/plans/${plan}/evaluate-pool`, { period });
const statement = async (member: string, period: string) =>
  (await app.get(`/bonuses/statements?plan=${plan}&member=${member}&period=${period}`)).json<StatementsAnswer>()
    .statements[0];

/** A lead whose deal is won, and pays; the deal's id. */
async function customer(company: string, product: string | null, occurredAt: string): Promise<string> {
  const lead = (await does('sam', '/leads', { company, channel: 'email', occurredAt })).id;
  const deal = (await does('sam', '/deals', { lead, kind: 'new', product, occurredAt })).id;
  await does('fiona', `/deals/${deal}/payments`, { paymentId: PAYMENT, amount: eur('1000.00'), occurredAt });
  return deal;
}
const PAYMENT = '7d1c6a52-5f0e-4c57-9a44-0e0a3a3c5d11';

describe('The margin table', () => {
  it('gives payments without a cost the cost of their product', async () => {
    const table = {
      effectiveFrom: '2025-01-01',
      margins: [{ product: 'Cloud', costShare: '27.5' }],
      otherwise: null,
    };
    expect(await code('mia', '/definitions/margin', table)).toBe('MARGINS.NOT_ALLOWED');
    expect(await code('fiona', '/definitions/margin', { ...table, margins: [] })).toBe('MARGINS.BAD_TABLE');
    await does('fiona', '/definitions/margin', table);
    expect((await app.get('/definitions/margin')).json()).toMatchObject({
      versions: [{ version: 1, margins: [{ product: 'Cloud', margin: '72.5' }], definedBy: 'fiona' }],
    });
    const first = await customer('One Ltd', 'Cloud', '2025-03-03T10:00:00Z');
    second = await customer('Two Ltd', null, '2025-03-04T10:00:00Z');
    const payment = async (deal: string) =>
      (await app.get(`/deals/${deal}?minPosition=${await head()}`)).json<{ payments: unknown[] }>().payments;
    // 1,000.00 x 27.5 %
    expect(await payment(first)).toMatchObject([{ cost: eur('275.00') }]);
    expect(await payment(second)).toMatchObject([{ cost: null }]);
  });
});

describe('The pool of both teams', () => {
  it('is part of what the heads sign and its members accept', async () => {
    plan = (await does('fiona', '/bonuses/plans', TERMS)).id;
    expect(await code('fiona', `/bonuses/plans/${plan}/evaluate-pool`, { period: '2025-03' })).toBe('BONUS.NO_POOL');
    const hash = (await app.get(`/bonuses/plans/${plan}`)).json<PlanAnswer>().versions[0]?.hash;
    const signed = { version: 1, hash };
    for (const [member, of] of [
      ['hanna', 'marketing'],
      ['henry', 'sales'],
      ['fiona', 'finance'],
    ] as const)
      await does(member, `/bonuses/plans/${plan}/sign`, { ...signed, as: of });
    for (const member of ['mia', 'sam']) await does(member, `/bonuses/plans/${plan}/accept`, signed);
    expect(await code('henry', `/bonuses/plans/${plan}/accept`, signed)).toBe('BONUS.NOT_A_PAYEE');
  });

  it('is paid where the target is met, once, and for periods that are over', async () => {
    expect(await code('mia', `/bonuses/plans/${plan}/evaluate-pool`, { period: '2025-03' })).toBe('BONUS.ROLE');
    expect(await code('fiona', `/bonuses/plans/${plan}/evaluate-pool`, { period: '2199-01' })).toBe(
      'BONUS.PERIOD_RUNNING',
    );
    expect((await evaluate()).events.map(({ type }) => type)).toEqual(['bonusplan.pool-evaluated']);
    expect((await evaluate()).events).toEqual([]);
    // One part of three, and two.
    expect((await statement('mia', '2025-03'))?.payable).toEqual(eur('30.00'));
    expect((await statement('sam', '2025-03'))?.payable).toEqual(eur('60.00'));
    expect((await evaluate('2025-02')).events).toHaveLength(1);
    expect(await statement('mia', '2025-02')).toBeUndefined();
    const { pools } = (await app.get(`/bonuses/plans/${plan}`)).json<PlanAnswer>();
    expect(pools).toMatchObject([
      { period: '2025-03', value: '2', target: '2', met: true },
      { period: '2025-02', value: '0', met: false, members: [] },
    ]);
  });

  it('goes back where the figure becomes another one, also for a statement that is approved', async () => {
    const own = { plan, member: 'sam', period: '2025-03' };
    await does('fiona', '/bonuses/statements/draft', own);
    await does('hanna', '/bonuses/statements/approve', own);
    await does('fiona', `/deals/${second}/payments/${PAYMENT}/annul`, { reason: 'Entered by mistake.' });
    expect((await evaluate()).events).toHaveLength(1);
    // mia's statement is open: nothing is left of it. sam's is approved, so that it is taken back in the next one.
    expect((await statement('mia', '2025-03'))?.total).toEqual(eur('0.00'));
    expect((await statement('sam', '2025-03'))?.payable).toEqual(eur('60.00'));
    expect((await statement('sam', '2025-04'))?.total).toEqual(eur('-60.00'));
  });
});

async function head(): Promise<string> {
  return String(await app.ledger.eventStore.head());
}
