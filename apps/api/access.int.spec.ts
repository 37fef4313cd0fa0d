import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { newKeyText, ROLES, TEAM_OF_ROLE, type Role } from '#access/access-key.js';
import type { KeyRegister } from '#access/key-register.js';
import { openKeyRegister } from '#apps/composition/stores.js';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import { ROUTE_ROLES } from './route-roles.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
let register: KeyRegister;
const keys = new Map<string, string>();

async function newKey(member: string, role: Role): Promise<{ id: string; bearer: string }> {
  const { id, text, hash } = newKeyText();
  const kept = { id, hash, member, role, team: TEAM_OF_ROLE[role], lastUsedAt: null, revokedAt: null };
  await register.add({ ...kept, createdAt: Date.now() });
  return { id, bearer: `Bearer ${text}` };
}

beforeAll(async () => {
  app = await runningApp({ CONCORD_AUTH: 'keys' });
  register = await openKeyRegister(app.ledger.config);
  for (const role of ROLES) keys.set(role, (await newKey(`the ${role}`, role)).bearer);
});
afterAll(async () => {
  await register.close();
  await app.stop();
});

const as = (role: Role, options: InjectOptions): Promise<LightMyRequestResponse> =>
  app.inject({ ...options, headers: { ...options.headers, authorization: keys.get(role) } });
const post = (role: Role, url: string, payload: object, headers = {}): Promise<LightMyRequestResponse> =>
  as(role, { method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });
const codeOf = (response: LightMyRequestResponse): unknown => response.json<{ code?: unknown }>().code;

describe('The table of routes and roles', () => {
  it('has an entry for every route there is, and none for a route that is not', () => {
    const routes = app.routes.filter((route) => !route.startsWith('HEAD '));
    expect(routes.length).toBeGreaterThan(50);
    expect([...Object.keys(ROUTE_ROLES)].sort()).toEqual([...new Set(routes)].sort());
  });

  const cases = Object.entries(ROUTE_ROLES).flatMap(([route, allowed]) =>
    ROLES.map((role) => [route, role, allowed] as const),
  );
  it.each(cases)('%s as %s', async (route, role, allowed) => {
    const [method = '', path = ''] = route.split(' ');
    const url = path.replace(/:\w+/g, '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10');
    const isCommand = method === 'POST';
    const options = {
      method: method as 'GET',
      url,
      // The feed ends only as NDJSON.
      headers: isCommand ? { 'content-type': 'application/json' } : { accept: 'application/x-ndjson' },
      ...(isCommand ? { payload: '{}' } : {}),
    };
    const response = await as(role, options);
    const refused = response.statusCode === 403 && codeOf(response) === 'ACCESS.ROLE';
    expect([route, role, refused]).toEqual([route, role, allowed !== 'anyone' && !allowed.includes(role)]);
    expect(response.statusCode).not.toBe(401);
    const nobody = await app.inject(options);
    expect([route, nobody.statusCode === 401]).toEqual([route, allowed !== 'anyone']);
  });
});

describe('Without a key', () => {
  it('programs are told to bring one, browsers are asked for it', async () => {
    const program = await app.inject({ method: 'GET', url: '/kpi' });
    expect([program.statusCode, codeOf(program)]).toEqual([401, 'ACCESS.KEY_MISSING']);
    expect(program.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(program.headers['www-authenticate']).toBe('Bearer realm="Concord"');
    const browser = await app.inject({ method: 'GET', url: '/', headers: { accept: 'text/html,*/*' } });
    expect([browser.statusCode, browser.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="Concord", charset="UTF-8"',
    ]);
  });

  it('nobody learns which routes there are, nor what is wrong with a body', async () => {
    expect((await app.inject({ method: 'GET', url: '/no-such-route' })).statusCode).toBe(401);
    expect((await as('sales', { method: 'GET', url: '/no-such-route' })).statusCode).toBe(404);
    const broken = {
      method: 'POST',
      url: '/leads',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    } as const;
    expect((await app.inject(broken)).statusCode).toBe(401);
  });

  it('health says whether it is up, and no more', async () => {
    expect((await app.inject({ method: 'GET', url: '/health' })).json()).toEqual({ status: 'up', signIn: 'keys' });
    const whole = (await as('auditor', { method: 'GET', url: '/health' })).json<object>();
    expect(whole).toMatchObject({ status: 'up', signIn: 'keys', warnings: [], ledger: { status: 'up' } });
    const wrong = await app.inject({ method: 'GET', url: '/health', headers: { authorization: 'Bearer nonsense' } });
    expect([wrong.statusCode, wrong.json()]).toEqual([200, { status: 'up', signIn: 'keys' }]);
  });
});

describe('With a key', () => {
  it("the actor and the team are the key's, and what is recorded tells the key", async () => {
    const created = await post('marketing', '/leads', { company: 'Keyed', channel: 'fair' });
    expect(created.statusCode).toBe(201);
    const { id } = created.json<CommandAnswer>();
    const [event] = await app.ledger.eventStore.readStream(`lead-${id}`);
    expect(event).toMatchObject({ actor: { id: 'the marketing', team: 'marketing' }, meta: { role: 'marketing' } });
    const used = (await register.list()).find(({ member }) => member === 'the marketing');
    expect(event?.meta?.['key']).toBe(used?.id);
    expect(used?.lastUsedAt).not.toBeNull();
  });

  it('nobody acts as somebody else', async () => {
    const other = await post('sales', '/leads', { company: 'Other' }, { 'x-actor-id': 'the marketing' });
    expect([other.statusCode, codeOf(other)]).toEqual([403, 'ACCESS.ACTOR_FROM_KEY']);
    expect((await post('sales', '/leads', { company: 'Own' }, { 'x-actor-id': 'the sales' })).statusCode).toBe(201);
  });

  it('the team that the roster knows stands, and who has left no longer comes in', async () => {
    const { bearer } = await newKey('rita', 'sales');
    const rita = (url: string, payload: object) =>
      app.inject({
        method: 'POST',
        url,
        payload,
        headers: { authorization: bearer, 'content-type': 'application/json' },
      });
    await post('head', '/members', { handle: 'rita', team: 'marketing', occurredAt: '2026-01-01T00:00:00Z' });
    const lead = (await rita('/leads', { company: 'Rita & Co' })).json<CommandAnswer>();
    const [event] = await app.ledger.eventStore.readStream(`lead-${lead.id}`);
    expect(event?.actor).toEqual({ id: 'rita', team: 'marketing' });
    await post('head', '/members/rita/leave', { occurredAt: '2026-02-01T00:00:00Z' });
    const gone = await rita('/leads', { company: 'Late' });
    expect([gone.statusCode, codeOf(gone)]).toEqual([401, 'ACCESS.MEMBER_LEFT']);
  });

  it('browsers bring it as a password, for looking only', async () => {
    const secret = (keys.get('head') ?? '').replace('Bearer ', '');
    const authorization = `Basic ${Buffer.from(`anybody:${secret}`).toString('base64')}`;
    expect((await app.inject({ method: 'GET', url: '/', headers: { authorization } })).statusCode).toBe(200);
    const form = { method: 'POST', url: '/leads', payload: '{"company":"Forged"}' } as const;
    const forged = await app.inject({ ...form, headers: { authorization, 'content-type': 'application/json' } });
    expect([forged.statusCode, codeOf(forged)]).toEqual([401, 'ACCESS.KEY_MISSING']);
  });

  it('a revoked one is refused at once', async () => {
    const { id, bearer } = await newKey('crm', 'admin');
    const ask = () => app.inject({ method: 'GET', url: '/kpi', headers: { authorization: bearer } });
    expect((await ask()).statusCode).toBe(200);
    await register.revoke(id, Date.now());
    const refused = await ask();
    expect([refused.statusCode, codeOf(refused)]).toEqual([401, 'ACCESS.KEY_REVOKED']);
  });

  it('a wrong one is refused, counted and held back, a right one never', async () => {
    const before = Date.now();
    for (let attempt = 0; attempt < 5; attempt++) {
      const wrong = await app.inject({
        method: 'GET',
        url: '/kpi',
        headers: { authorization: `Bearer ck_${'0'.repeat(12)}_${'x'.repeat(43)}` },
      });
      expect([wrong.statusCode, codeOf(wrong)]).toEqual([401, 'ACCESS.KEY_UNKNOWN']);
    }
    expect(Date.now() - before).toBeGreaterThanOrEqual(300);
    expect((await as('sales', { method: 'GET', url: '/kpi' })).statusCode).toBe(200);
    const metrics = (await as('auditor', { method: 'GET', url: '/metrics' })).body;
    expect(Number(/^concord_access_failed_attempts (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(5);
  });
});

describe('The OpenAPI document', () => {
  it('says which operation takes a key, of which roles', async () => {
    const document = (await app.get('/docs-json')).json<{
      components: { securitySchemes: object };
      paths: Record<string, Record<string, { security: unknown; description?: string }>>;
    }>();
    expect(document.components.securitySchemes).toMatchObject({ key: { type: 'http', scheme: 'bearer' } });
    expect(document.paths['/leads/{id}/accept']?.['post']).toMatchObject({
      security: [{ key: [] }, {}],
      description: expect.stringContaining('for the roles sales, head, admin') as unknown,
    });
    expect(document.paths['/health']?.['get']?.security).toEqual([]);
  });
});
