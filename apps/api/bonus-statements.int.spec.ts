import type { LightMyRequestResponse } from 'fastify';
import { BookLife, PLAN, withPlan } from '#incentives/testing/book-life.js';
import { recordBook } from '#incentives/testing/record-book.js';
import type { AccrualsAnswer } from '#incentives/read/accruals/answer-accruals.js';
import type { DisputesAnswer } from '#incentives/read/disputes/answer-disputes.js';
import type { StatementsAnswer } from '#incentives/read/statements/answer-statements.js';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import type { Problem } from '#platform/http/problem.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
beforeAll(async () => {
  app = await runningApp();
  const life = withPlan()
    .joined('fiona', 'finance')
    .joined('fred', 'finance')
    .reached('2025-03-10', { mia: 7_500, max: 2_500 })
    .reached('2025-04-10', { mia: 1_000 }, { lead: '00000000-0000-4000-8000-000000000002' });
  await recordBook(app.ledger.eventStore, life.events);
});
afterAll(() => app.stop());

const as = (id: string, path: string, body: object): Promise<LightMyRequestResponse> =>
  app.post(path, body, { 'x-actor-id': id });
const code = (response: LightMyRequestResponse): [number, string] => [
  response.statusCode,
  response.json<Problem>().code,
];
const later = ({ events }: BookLife, name: string): Promise<void> =>
  recordBook(
    app.ledger.eventStore,
    events.map((event) => ({ ...event, eventId: name })),
  );
const mia = { plan: PLAN, member: 'mia', period: '2025-03' };
const statements = async (query: string): Promise<StatementsAnswer> =>
  (await app.get(`/bonuses/statements?${query}`)).json();
const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('Statements', () => {
  it('are drafted, approved by somebody else, and paid by a third', async () => {
    const drafted = await as('fiona', '/bonuses/statements/draft', mia);
    expect([drafted.statusCode, drafted.json<CommandAnswer>().events.map(({ type }) => type)]).toEqual([
      200,
      ['statement.drafted'],
    ]);
    const again = await as('fred', '/bonuses/statements/draft', mia);
    expect(again.json<CommandAnswer>().events).toEqual([]);
    expect(code(await as('mia', '/bonuses/statements/approve', mia))).toEqual([403, 'BONUS.ROLE']);
    expect(code(await as('fiona', '/bonuses/statements/approve', mia))).toEqual([403, 'BONUS.OWN_DRAFT']);
    expect(code(await as('fiona', '/bonuses/statements/pay', mia))).toEqual([409, 'BONUS.NOT_APPROVED']);
    const approved = await as('fred', '/bonuses/statements/approve', mia);
    expect(approved.statusCode).toBe(200);
    expect(code(await as('fred', '/bonuses/statements/pay', mia))).toEqual([403, 'BONUS.OWN_APPROVAL']);
    const paid = await as('fiona', '/bonuses/statements/pay', { ...mia, on: '2025-04-15', reference: 'SEPA 7' });
    expect(paid.statusCode).toBe(200);
    const { statements: found, total } = await statements(`plan=${PLAN}&period=2025-03&member=mia`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      status: 'paid',
      planName: 'Marketing 2026',
      payable: eur('75.00'),
      days: { from: '2025-03-01', to: '2025-03-31' },
      drafted: { by: 'fiona', isCurrent: true, authenticated: false },
      approved: { by: 'fred' },
      paid: { by: 'fiona', on: '2025-04-15', amount: eur('75.00'), reference: 'SEPA 7' },
      notAuthenticated: ['drafted by fiona', 'approved by fred', 'paid by fiona'],
    });
    expect(found[0]?.lines[0]?.steps).toEqual([
      { label: 'reward', amount: eur('100.00') },
      { label: 'parts of others', amount: eur('-25.00') },
    ]);
    expect(total.payable).toEqual(eur('75.00'));
  });

  it('change no more: what is recorded later is in the next one', async () => {
    const before = (await statements('period=2025-03&member=mia')).statements[0];
    await later(new BookLife().reversed('2025-03-20', { mia: 7_500, max: 2_500 }), 'reversed');
    const after = (await statements('period=2025-03&member=mia')).statements[0];
    expect(after).toEqual(before);
    const next = (await statements('period=2025-04&member=mia')).statements[0];
    expect([next?.total, next?.payable, next?.closing]).toEqual([eur('-65.00'), eur('0.00'), eur('-65.00')]);
    expect((await statements('period=2025-03&member=max')).statements[0]?.total).toEqual(eur('0.00'));
  });

  it('are disputed by their payee, and ruled on by somebody else', async () => {
    const april = { ...mia, period: '2025-04' };
    const raised = (await as('mia', '/bonuses/disputes', { ...april, reason: 'The refund is wrong.' })).json<
      CommandAnswer & { disputeId: string }
    >();
    expect(code(await as('max', '/bonuses/disputes', { ...april, reason: 'No.' }))).toEqual([403, 'BONUS.NOT_YOURS']);
    await as('fiona', '/bonuses/statements/draft', april);
    expect(code(await as('fred', '/bonuses/statements/approve', april))).toEqual([409, 'BONUS.DISPUTE_OPEN']);
    const ruling = { upheld: true, reason: 'Half of it.', amounts: [{ member: 'mia', amount: eur('10.00') }] };
    expect(code(await as('mia', `/bonuses/disputes/${raised.disputeId}/rule`, ruling))).toEqual([403, 'BONUS.ROLE']);
    expect((await as('fred', `/bonuses/disputes/${raised.disputeId}/rule`, ruling)).statusCode).toBe(200);
    const { items } = (await app.get('/bonuses/disputes?status=ruled')).json<DisputesAnswer>();
    expect(items).toMatchObject([
      { id: raised.disputeId, by: 'mia', reason: 'The refund is wrong.', ruling: { by: 'fred', bookedIn: '2025-04' } },
    ]);
    expect(code(await as('fred', '/bonuses/statements/approve', april))).toEqual([409, 'BONUS.STATEMENT_CHANGED']);
    expect((await statements('period=2025-04&member=mia')).statements[0]?.total).toEqual(eur('-55.00'));
  });

  it('of everybody are drafted at once, and a period is closed when all are approved', async () => {
    expect(code(await as('fiona', '/bonuses/periods/2025-04/close', {}))).toEqual([409, 'BONUS.NOT_ALL_APPROVED']);
    const { items } = (await as('fiona', '/bonuses/statements/draft-period', { plan: PLAN, period: '2025-04' })).json<{
      items: { member: string }[];
    }>();
    expect(items.map(({ member }) => member)).toEqual(['mia']);
    await as('fiona', '/bonuses/statements/draft', { ...mia, member: 'max' });
    await as('fred', '/bonuses/statements/approve', { ...mia, member: 'max' });
    expect((await as('fred', '/bonuses/statements/approve', { ...mia, period: '2025-04' })).statusCode).toBe(200);
    expect((await as('fiona', '/bonuses/periods/2025-04/close', {})).statusCode).toBe(200);
    expect((await as('fiona', '/bonuses/periods/2025-04/close', {})).json<CommandAnswer>().events).toEqual([]);
    expect(code(await as('fiona', '/bonuses/periods/2025-03/close', {}))).toEqual([409, 'BONUS.PERIOD_CLOSED']);
    expect(code(await as('fiona', '/bonuses/periods/2025/close', {}))).toEqual([400, 'BONUS.BAD_PERIOD']);
  });

  it('are written off where somebody left who owes', async () => {
    const off = { plan: PLAN, member: 'mia', reason: 'Moved abroad.' };
    expect(code(await as('fiona', '/bonuses/statements/write-off', off))).toEqual([409, 'BONUS.STILL_A_MEMBER']);
    await later(new BookLife().left('mia', '2025-12-31'), 'left');
    const owed = (await app.get(`/bonuses/accruals?plan=${PLAN}`)).json<AccrualsAnswer>();
    expect(owed.rows).toMatchObject([
      { member: 'max', owed: eur('0.00') },
      { member: 'mia', hasLeft: true, paid: eur('75.00'), owed: eur('55.00'), owedByLeaver: eur('55.00') },
    ]);
    expect((await as('fiona', '/bonuses/statements/write-off', off)).statusCode).toBe(200);
    expect(code(await as('fiona', '/bonuses/statements/write-off', off))).toEqual([409, 'BONUS.NO_DEBT']);
    expect((await app.get('/bonuses/accruals')).json<AccrualsAnswer>().total.owed).toEqual(eur('0.00'));
  });

  it('of everybody are approved and paid at once, but for one’s own', async () => {
    const may = { plan: PLAN, period: '2025-05' };
    await later(
      new BookLife().reached('2025-05-10', { max: 1_000, fred: 500 }, { lead: '00000000-0000-4000-8000-000000000005' }),
      'may',
    );
    type Items = { readonly items: readonly { readonly member: string; readonly code?: string }[] };
    const items = async (path: string, by: string, body: object = may): Promise<unknown> =>
      (await as(by, path, body)).json<Items>().items.map(({ member, code: refusal = 'done' }) => [member, refusal]);
    expect(await items('/bonuses/statements/draft-period', 'fiona')).toEqual([
      ['fred', 'done'],
      ['max', 'done'],
      ['mia', 'done'],
    ]);
    expect(await items('/bonuses/statements/approve-period', 'fred')).toEqual([
      ['fred', 'BONUS.OWN_STATEMENT'],
      ['max', 'done'],
      ['mia', 'done'],
    ]);
    // What mia owes goes on: there is nothing to pay.
    expect(await items('/bonuses/statements/pay-period', 'fiona', { ...may, reference: 'SEPA 9' })).toEqual([
      ['max', 'done'],
    ]);
    expect((await statements('period=2025-05&member=max')).statements[0]?.status).toBe('paid');
  });

  it('are given as CSV and as a page to print', async () => {
    const csv = await app.get('/bonuses/statements?period=2025-03&format=csv');
    expect(csv.headers['content-type']).toContain('text/csv');
    const [head = '', ...rows] = csv.body.trimEnd().split('\n');
    const granted = head.split(',').indexOf('granted');
    expect(rows.map((row) => row.split(',')[granted])).toEqual(['25.00', '-25.00', '75.00']);
    const page = await app.get('/page/bonuses/statements?period=2025-03&member=mia');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Not authenticated:');
    expect(page.body).toContain('75.00 EUR');
    expect((await app.get('/page/bonuses/statements?period=2025-W10')).statusCode).toBe(400);
  });

  it('of a year or a quarter are those of its months', async () => {
    const periods = async (query: string): Promise<unknown> => [
      ...new Set((await statements(`member=max&${query}`)).statements.map(({ period }) => period)),
    ];
    expect(await periods('period=2025')).toEqual(['2025-03', '2025-05']);
    expect(await periods('period=FY2025-Q1')).toEqual(['2025-03']);
    expect(await periods('period=2025-Q2')).toEqual(['2025-05']);
    expect(await periods('period=2024')).toEqual([]);
    for (const bad of ['2025-13', '2025-03-01', 'march'])
      expect(code(await app.get(`/bonuses/statements?period=${bad}`))).toEqual([400, 'BONUS.BAD_PERIOD']);
  });

  it('are known as they were', async () => {
    const { asOf } = await statements('period=2025-03&member=mia');
    const past = await statements('knownAt=2020-01-01T00:00:00Z');
    expect(past.statements).toEqual([]);
    const now = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const known = await statements(`period=2025-03&member=mia&knownAt=${now}`);
    expect(known.statements).toEqual((await statements('period=2025-03&member=mia')).statements);
    expect(known.asOf.position).toBe(asOf.position);
    expect(code(await app.get('/bonuses/statements?minPosition=99999999'))).toEqual([503, 'READ_MODEL.BEHIND']);
    expect(code(await app.get('/bonuses/statements?team=x'))).toEqual([400, 'QUERY.UNKNOWN_PARAMETER']);
  });
});
