import type { LightMyRequestResponse } from 'fastify';
import type { CounterfactualAnswer } from '#incentives/counterfactual/answer-counterfactual.js';
import type { StatementsAnswer } from '#incentives/read/statements/answer-statements.js';
import { BookLife, eur, PLAN } from '#incentives/testing/book-life.js';
import { recordBook } from '#incentives/testing/record-book.js';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import type { Problem } from '#platform/http/problem.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
let lead = '';
let dispute = '';
const touches: CommandAnswer[] = [];
let payment: CommandAnswer & { paymentId?: string };
const PERIOD = '2025-03';

beforeAll(async () => {
  app = await runningApp();
  for (const handle of ['mia', 'max', 'lea']) await post('/members', { handle, team: 'marketing' });
  for (const handle of ['fiona', 'fred']) await post('/members', { handle, team: 'finance' });
  await post('/members', { handle: 'sam', team: 'sales' });
  const plan = new BookLife().plan({
    effectiveFrom: '2025-01-01',
    tiers: [{ id: 'first', threshold: eur(1000_00), reward: { kind: 'share', percent: '10' }, replace: false }],
  });
  for (const member of ['mia', 'max', 'lea']) plan.accepted(member, '2025-01-01');
  await recordBook(app.ledger.eventStore, plan.events);
  await post('/campaigns', { name: 'webinar', channel: 'webinar', owners: ['max'], startOn: '2025-01-01' });
  lead = (await post('/leads', { company: 'Acme', occurredAt: '2025-02-01T09:00:00Z' })).id;
  for (const [member, campaign, day] of [
    ['mia', null, '2025-02-02'],
    [null, 'webinar', '2025-02-03'],
  ] as const)
    touches.push(
      await post(
        `/leads/${lead}/touches`,
        {
          kind: 'email',
          campaign,
          occurredAt: `${day}T09:00:00Z`,
          ...(member === null ? { automated: true } : { member }),
        },
        member ?? 'max',
      ),
    );
  const deal = await post('/deals', { lead, occurredAt: '2025-02-10T09:00:00Z' }, 'sam');
  payment = await post(
    `/deals/${deal.id}/payments`,
    { amount: money('3000.00'), cost: money('1000.00'), occurredAt: '2025-03-10T09:00:00Z' },
    'sam',
  );
});
afterAll(() => app.stop());

const money = (amount: string) => ({ amount, currency: 'EUR' });
const raw = (path: string, body: object, actor = 'fiona'): Promise<LightMyRequestResponse> =>
  app.post(path, body, { 'x-actor-id': actor });
async function post(path: string, body: object, actor = 'fiona'): Promise<CommandAnswer> {
  const response = await raw(path, body, actor);
  if (response.statusCode >= 300) throw new Error(response.body);
  return response.json();
}
async function asked(body: object): Promise<CounterfactualAnswer> {
  const response = await raw('/bonuses/counterfactual', { plan: PLAN, period: PERIOD, ...body });
  if (response.statusCode !== 200) throw new Error(response.body);
  return response.json();
}
const differences = ({ members }: CounterfactualAnswer): unknown =>
  Object.fromEntries(members.map(({ member, difference }) => [member, difference.amount]));
const eventOf = (place: number): string => touches[place]?.events[0]?.id ?? '';

describe('A counterfactual', () => {
  it('is of what the reaction made of the events', async () => {
    const path = `/bonuses/statements?period=${PERIOD}&minPosition=${payment.position}`;
    const { statements } = (await app.get(path)).json<StatementsAnswer>();
    expect(statements.map(({ member, payable }) => [member, payable.amount])).toEqual([
      ['max', '100.00'],
      ['mia', '100.00'],
    ]);
  });

  it('without a change makes no difference', async () => {
    const answer = await asked({});
    expect(answer).toMatchObject({
      plan: PLAN,
      period: PERIOD,
      dispute: null,
      leads: [lead],
      members: [],
      warnings: [],
    });
  });

  it('leaves events out', async () => {
    const answer = await asked({ remove: [eventOf(0)] });
    expect(differences(answer)).toEqual({ max: '100.00', mia: '-100.00' });
    const mia = answer.members.find(({ member }) => member === 'mia');
    expect(mia?.before?.payable).toEqual(money('100.00'));
    expect(mia?.after).toBeNull();
    const unknown = '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10';
    expect((await asked({ remove: [unknown] })).warnings).toMatchObject([{ code: 'NOT_AMONG_THE_LEADS' }]);
  });

  it('adds a touch, an owner, a cost, or splits otherwise', async () => {
    const touch = { kind: 'touch', lead, at: '2025-02-04T09:00:00Z', touchKind: 'call', member: 'lea' };
    expect(differences(await asked({ add: [touch] }))).toEqual({ lea: '66.67', max: '-33.33', mia: '-33.34' });
    const owner = { kind: 'owner', campaign: 'webinar', owners: ['lea'], from: '2025-02-01' };
    expect(differences(await asked({ add: [owner] }))).toEqual({ lea: '100.00', max: '-100.00' });
    const late = { ...owner, from: '2025-02-04' };
    expect(differences(await asked({ add: [late] }))).toEqual({});
    const cost = { kind: 'cost', payment: payment.paymentId, cost: money('2500.00') };
    expect(differences(await asked({ add: [cost] }))).toEqual({ max: '-100.00', mia: '-100.00' });
    const split = {
      kind: 'fixed',
      shares: [
        { member: 'mia', weight: 3 },
        { member: 'max', weight: 1 },
      ],
    };
    expect(differences(await asked({ split }))).toEqual({ max: '-50.00', mia: '50.00' });
  });

  it('shows what an approved statement would have said, and belongs to a dispute', async () => {
    const mia = { plan: PLAN, member: 'mia', period: PERIOD };
    await post('/bonuses/statements/draft', mia);
    await post('/bonuses/statements/approve', mia, 'fred');
    ({ disputeId: dispute } = (await post(
      '/bonuses/disputes',
      { ...mia, reason: 'It was all mine.' },
      'mia',
    )) as CommandAnswer & {
      disputeId: string;
    });
    const response = await raw('/bonuses/counterfactual', { dispute, remove: [eventOf(1)] });
    const answer = response.json<CounterfactualAnswer>();
    expect(answer).toMatchObject({ dispute, plan: PLAN, period: PERIOD });
    expect(differences(answer)).toEqual({ max: '-100.00', mia: '100.00' });
    expect(answer.members.find(({ member }) => member === 'mia')?.after).toMatchObject({
      status: 'approved',
      payable: money('200.00'),
    });
  });

  it('refuses what makes no sense', async () => {
    const code = async (body: object): Promise<unknown> =>
      (await raw('/bonuses/counterfactual', body)).json<Problem>().code;
    expect(await code({})).toBe('BONUS.WHICH_STATEMENTS');
    expect(await code({ dispute: lead })).toBe('BONUS.DISPUTE_NOT_FOUND');
    expect(await code({ plan: lead, period: PERIOD })).toBe('BONUS.PLAN_NOT_FOUND');
    expect(await code({ plan: PLAN, period: PERIOD, add: [{ kind: 'touch' }] })).toBe('REQUEST.INVALID');
    expect(await code({ plan: PLAN, period: PERIOD, split: { kind: 'attribution' } })).toBe('REQUEST.INVALID');
    expect(await code({ plan: PLAN, period: PERIOD, split: { kind: 'attribution', model: 'none@1' } })).toBe(
      'BONUS.UNKNOWN_MODEL',
    );
  });
});
