import type { LightMyRequestResponse } from 'fastify';
import { newKeyText, TEAM_OF_ROLE, type Role } from '#access/access-key.js';
import type { KeyRegister } from '#access/key-register.js';
import { openKeyRegister } from '#apps/composition/stores.js';
import type { StatementsAnswer } from '#incentives/read/statements/answer-statements.js';
import { PLAN, withPlan } from '#incentives/testing/book-life.js';
import { recordBook } from '#incentives/testing/record-book.js';
import type { Problem } from '#platform/http/problem.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
let register: KeyRegister;
const keys = new Map<string, string>();
const PEOPLE: Readonly<Record<string, Role>> = {
  mia: 'marketing',
  hanna: 'head',
  max: 'marketing',
  fiona: 'finance',
  fred: 'finance',
  audrey: 'auditor',
  adam: 'admin',
};

beforeAll(async () => {
  app = await runningApp({ CONCORD_AUTH: 'keys' });
  register = await openKeyRegister(app.ledger.config);
  for (const [member, role] of Object.entries(PEOPLE)) {
    const { id, text, hash } = newKeyText();
    const kept = { id, hash, member, role, team: TEAM_OF_ROLE[role], lastUsedAt: null, revokedAt: null };
    await register.add({ ...kept, createdAt: Date.now() });
    keys.set(member, `Bearer ${text}`);
  }
  const life = withPlan()
    .joined('hanna')
    .accepted('hanna')
    .reached('2025-03-10', { mia: 7_500, max: 2_500, hanna: 100 });
  await recordBook(app.ledger.eventStore, life.events);
});
afterAll(async () => {
  await register.close();
  await app.stop();
});

const get = (member: string, url: string): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'GET', url, headers: { authorization: keys.get(member) } });
const post = (member: string, path: string, body: object): Promise<LightMyRequestResponse> =>
  app.post(path, body, { authorization: keys.get(member) ?? '' });
const code = async (response: Promise<LightMyRequestResponse>): Promise<unknown> => {
  const { statusCode, json } = await response;
  return statusCode < 300 ? 'done' : json<Problem>().code;
};
const of = (member: string) => ({ plan: PLAN, member, period: '2025-03' });

describe('Statements, where keys say who acts', () => {
  it('are authenticated, and nobody has a hand in their own', async () => {
    expect(await code(post('mia', '/bonuses/statements/draft', of('mia')))).toBe('ACCESS.ROLE');
    expect(await code(post('adam', '/bonuses/statements/approve', of('mia')))).toBe('ACCESS.ROLE');
    for (const member of ['mia', 'hanna'])
      expect(await code(post('fiona', '/bonuses/statements/draft', of(member)))).toBe('done');
    expect(await code(post('hanna', '/bonuses/statements/approve', of('hanna')))).toBe('BONUS.OWN_STATEMENT');
    expect(await code(post('fiona', '/bonuses/statements/approve', of('mia')))).toBe('BONUS.OWN_DRAFT');
    expect(await code(post('hanna', '/bonuses/statements/approve', of('mia')))).toBe('done');
    expect(await code(post('hanna', '/bonuses/statements/pay', of('mia')))).toBe('ACCESS.ROLE');
    expect(await code(post('fred', '/bonuses/statements/pay', of('mia')))).toBe('done');
    const answer = await get('audrey', '/bonuses/statements?member=mia');
    expect(answer.json<StatementsAnswer>().statements).toMatchObject([
      { status: 'paid', approved: { by: 'hanna', authenticated: true }, notAuthenticated: [] },
    ]);
  });

  it('are seen by their payee, and by those who answer for them', async () => {
    const members = async (who: string, query = ''): Promise<unknown> =>
      (await get(who, `/bonuses/statements?period=2025-03${query}`))
        .json<StatementsAnswer>()
        .statements.map(({ member }) => member);
    expect(await members('mia')).toEqual(['mia']);
    for (const who of ['hanna', 'fiona', 'audrey', 'adam']) expect(await members(who)).toEqual(['hanna', 'max', 'mia']);
    for (const path of ['statements', 'accruals', 'disputes'])
      expect(await code(get('mia', `/bonuses/${path}?member=max`))).toBe('BONUS.NOT_YOURS');
    expect((await get('mia', '/page/bonuses/statements?member=max')).statusCode).toBe(403);
    const own = await get('mia', '/page/bonuses/statements?period=2025-03');
    expect([own.statusCode, own.body.includes('75.00 EUR'), own.body.includes('max')]).toEqual([200, true, false]);
  });

  it('are disputed by their payee alone, and counterfactuals are not for everybody', async () => {
    expect(await code(post('max', '/bonuses/disputes', { ...of('mia'), reason: 'Too much.' }))).toBe('BONUS.NOT_YOURS');
    expect(await code(post('max', '/bonuses/disputes', { ...of('max'), reason: 'Too little.' }))).toBe('done');
    expect(await code(post('max', '/bonuses/counterfactual', { plan: PLAN, period: '2025-03' }))).toBe('ACCESS.ROLE');
    expect(await code(post('audrey', '/bonuses/counterfactual', { plan: PLAN, period: '2025-03', leads: [] }))).toBe(
      'done',
    );
  });
});
