import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { concord, startServer, succeeds, temporaryFolder, type Server } from './support/process.js';

describe('Keys and roles, over HTTP and the command line', () => {
  const data = temporaryFolder();
  const on = { CONCORD_AUTH: 'keys' };
  const key = async (member: string, role: string, ...more: string[]): Promise<Record<string, string>> => {
    const args = ['key', 'create', '--member', member, '--role', role, ...more, '--data', data.path];
    return { authorization: `Bearer ${(await succeeds(args)).trim()}` };
  };
  let server: Server;
  let admin: Record<string, string>;
  let sales: Record<string, string>;

  beforeAll(async () => {
    // Before anything else is there: the first key lets the others in.
    admin = await key('ops', 'admin');
    server = await startServer(data.path, on);
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('lets nobody in without one, and says so', async () => {
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { 'x-actor-id': 'ops', 'x-actor-team': 'system' }])
      expect((await server.get('/kpi', headers as Record<string, string>)).status).toBe(401);
    const refused = await server.post('/leads', { company: 'Nobody' });
    expect(refused.body).toMatchObject({ status: 401, code: 'ACCESS.KEY_MISSING' });
    expect((await server.get('/health')).body).toEqual({ status: 'up', signIn: 'keys' });
  });

  it('lets people do what their role may do, as themselves', async () => {
    await server.post('/members', { handle: 'sam', team: 'sales' }, admin);
    sales = await key('sam', 'sales');
    const lead = await server.post('/leads', { company: 'Analytical Engines' }, sales);
    expect(lead.status).toBe(201);
    const accepted = await server.post(`/leads/${lead.body.id}/accept`, {}, sales);
    expect(accepted.status).toBe(200);
    const mql = await server.post(`/leads/${lead.body.id}/qualify-mql`, { definition: 'mql@1' }, sales);
    expect(mql.body).toMatchObject({ status: 403, code: 'ACCESS.ROLE' });
    const { items } = (await server.get(`/leads/${lead.body.id}/timeline?minPosition=${accepted.body.position}`, sales))
      .body;
    expect(items.map(({ actor }: { actor: unknown }) => actor)).toEqual(
      Array(items.length).fill({ id: 'sam', team: 'sales' }),
    );
    const auditor = await key('the auditors', 'auditor');
    expect((await server.get(`/leads/${lead.body.id}`, auditor)).status).toBe(200);
    expect((await server.post('/leads', { company: 'Audited' }, auditor)).body.code).toBe('ACCESS.ROLE');
  });

  it('asks a server with a key from the environment', async () => {
    const bearer = sales['authorization']?.replace('Bearer ', '') ?? '';
    const ask = ['figures', '--metrics', 'leads', '--url', server.url];
    expect(await succeeds(ask, { CONCORD_KEY: bearer })).toMatch(/Leads\n +1\n/);
    expect(await concord(ask)).toMatchObject({ code: 1, stderr: expect.stringContaining('ACCESS.KEY_MISSING') });
  });

  it('are listed with their last use, and revoked at once', async () => {
    const list = JSON.parse(await succeeds(['key', 'list', '--json', '--data', data.path]));
    const own = list.items.find(({ member }: { member: string }) => member === 'sam');
    expect(own).toMatchObject({ role: 'sales', team: 'sales', revokedAt: null });
    expect(Date.parse(own.lastUsedAt)).toBeGreaterThan(Date.now() - 120_000);
    expect(await succeeds(['key', 'list', '--data', data.path])).toMatch(/sam +sales +sales/);
    expect(await succeeds(['key', 'revoke', own.id, '--data', data.path])).toBe(`Key ${own.id} is revoked.\n`);
    expect((await server.get('/kpi', sales)).body).toMatchObject({ status: 401, code: 'ACCESS.KEY_REVOKED' });
    expect(await concord(['key', 'revoke', 'nobody', '--data', data.path])).toMatchObject({ code: 1 });
  });

  it('are kept as hashes: no file of the data folder holds one, and theirs is for the owner only', () => {
    const secrets = [admin, sales].map((headers) => headers['authorization']?.slice(-43) ?? '?');
    for (const file of readdirSync(data.path).map((name) => path.join(data.path, name)))
      for (const secret of secrets) expect(readFileSync(file, 'latin1')).not.toContain(secret);
    expect(statSync(path.join(data.path, 'access.sqlite')).mode & 0o077).toBe(0);
  });

  it.each([
    [['create', '--role', 'sales'], '--member takes'],
    [['create', '--member', 'x'], '--role takes one of'],
    [['create', '--member', 'x', '--role', 'boss'], 'not "boss"'],
    [['create', '--member', 'x', '--role', 'head', '--team', 'legal'], 'not "legal"'],
    [['revoke'], 'takes the id of a key'],
    [['renew'], 'it takes create, list or revoke'],
  ])('a wrong key %j is explained', async (args, reason) => {
    const { code, stderr } = await concord(['key', ...args, '--data', data.path]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  });

  it('are needed to be reached by others than this machine', async () => {
    const refused = await concord(['serve', '--data', data.path], { CONCORD_HOST: '0.0.0.0' });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('CONCORD_AUTH=keys') });
  });
});
