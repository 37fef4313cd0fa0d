import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, temporaryFolder, type Answer, type Server } from './support/process.js';

const BOSS = { 'x-actor-id': 'zoe', 'x-actor-team': 'sales' };
const SAM = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
const MIA = { 'x-actor-id': 'mia', 'x-actor-team': 'marketing' };

describe('What the teams tell each other, over HTTP', () => {
  const data = temporaryFolder();
  let server: Server;

  const post = async (route: string, body: unknown, headers: Record<string, string>, status = 200): Promise<Answer> => {
    const answer = await server.post(route, body, headers);
    expect({ status: answer.status, body: answer.body }).toMatchObject({ status });
    return answer;
  };

  beforeAll(async () => {
    server = await startServer(data.path);
    const management = { 'x-actor-team': 'management' };
    await post('/members', { handle: 'zoe', team: 'sales', role: 'head' }, management, 201);
    await post('/members', { handle: 'sam', team: 'sales' }, management, 201);
    await post('/members', { handle: 'mia', team: 'marketing' }, management, 201);
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('feedback goes to the other team, is acknowledged, answered and resolved', async () => {
    const lead = (await post('/leads', { channel: 'webinar' }, MIA, 201)).body.id;
    const given = await post(
      '/feedback',
      { about: { kind: 'lead', lead }, kind: 'effect', text: 'Quixotical-Remark: they asked for our prices.' },
      SAM,
      201,
    );
    const { id } = given.body;
    expect(given.headers.get('location')).toBe(`/feedback/${id}`);
    expect((await post(`/feedback/${id}/acknowledge`, {}, SAM, 403)).body.code).toBe('FEEDBACK.WRONG_TEAM');
    await post(`/feedback/${id}/acknowledge`, {}, MIA);
    const beforeAnswer = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const answered = await post(`/feedback/${id}/answer`, { text: 'They are in the invitation.' }, MIA);
    expect((await post(`/feedback/${id}/resolve`, {}, MIA, 403)).body.code).toBe('FEEDBACK.WRONG_TEAM');
    const resolved = await post(`/feedback/${id}/resolve`, { note: 'Thanks.' }, SAM);

    const one = await server.get(`/feedback/${id}?minPosition=${resolved.body.position}`);
    expect(one.body).toMatchObject({
      status: 'resolved',
      from: 'sales',
      to: 'marketing',
      lead,
      text: 'Quixotical-Remark: they asked for our prices.',
      answers: [{ by: 'mia', text: 'They are in the invitation.' }],
      acknowledgedBy: 'mia',
      resolution: 'Thanks.',
    });
    expect((await server.get(`/feedback/${id}?knownAt=${beforeAnswer}`)).body).toMatchObject({
      status: 'acknowledged',
    });
    const open = await server.get(`/feedback?status=open&minPosition=${answered.body.position}`);
    expect(open.body.items).toEqual([]);
    expect((await server.get(`/feedback?lead=${lead}`)).body.items).toHaveLength(1);
    expect((await server.get('/feedback/11111111-1111-5111-8111-111111111111')).body.code).toBe('FEEDBACK.NOT_FOUND');
  });

  it('its text is readable in the read models only', () => {
    const files = readdirSync(data.path).filter((name) => !name.startsWith('read.sqlite'));
    expect(files).toContain('ledger.sqlite');
    for (const name of files) {
      expect(readFileSync(path.join(data.path, name)).includes('Quixotical-Remark')).toBe(false);
    }
  });

  it('a malformed subject is refused by its place', async () => {
    for (const about of [{ kind: 'lead' }, { kind: 'process', campaign: 'x' }, { kind: 'weather' }, null]) {
      const refused = await post('/feedback', { about, kind: 'effect', text: 'x' }, SAM, 400);
      expect(refused.body.errors[0].pointer).toMatch(/^\/about/);
    }
  });

  it('a guideline is open for the members of its teams, new ones too, until they acknowledge it', async () => {
    const words = { title: 'Handover', text: 'Sales calls within four hours.', teams: ['marketing', 'sales'] };
    expect((await post('/guidelines/handover', words, SAM, 403)).body.code).toBe('GUIDELINE.NOT_ALLOWED');
    await post('/guidelines/handover', words, BOSS);
    await post('/guidelines/handover/acknowledge', { version: 1 }, SAM);
    const joined = await post('/members', { handle: 'nia', team: 'sales' }, { 'x-actor-team': 'management' }, 201);
    const guideline = await server.get(`/guidelines/handover?minPosition=${joined.body.position}`);
    expect(guideline.body).toMatchObject({ version: 1, open: ['mia', 'nia', 'zoe'] });
    expect((await server.get('/guidelines?openFor=nia')).body.items).toHaveLength(1);
    expect((await server.get('/guidelines?openFor=sam')).body.items).toEqual([]);
    const next = await post('/guidelines/handover', { ...words, text: 'Within two hours.' }, BOSS);
    const again = await server.get(`/guidelines?openFor=sam&minPosition=${next.body.position}`);
    expect(again.body.items).toMatchObject([{ name: 'handover', version: 2 }]);
    expect((await post('/guidelines/handover/acknowledge', { version: 1 }, MIA, 409)).body.code).toBe(
      'GUIDELINE.OUTDATED',
    );
  });

  it('lists of codes are kept by the heads, and judge what is said from then on', async () => {
    const codes = [{ code: 'case-study', text: 'A case study' }];
    expect((await post('/code-lists/helped', { codes }, SAM, 403)).body.code).toBe('CODELIST.NOT_ALLOWED');
    await post('/code-lists/helped', { codes }, BOSS);
    await post('/code-lists/weather', { codes }, BOSS, 404);
    expect((await server.get('/code-lists/helped')).body).toMatchObject({
      version: 1,
      definedBy: 'zoe',
      codes: [{ code: 'case-study', text: 'A case study', retired: false }],
    });
    expect((await server.get('/code-lists')).body.items).toHaveLength(8);
    const lead = (await post('/leads', {}, MIA, 201)).body.id;
    const refused = await post(`/leads/${lead}/review`, { phase: 'outcome', helped: ['luck'] }, SAM, 400);
    expect(refused.body).toMatchObject({ code: 'LEAD.UNKNOWN_CODE', errors: [{ pointer: '/helped/0' }] });
    await post(`/leads/${lead}/review`, { phase: 'outcome', helped: ['case-study'] }, SAM);
    const many = [
      { lead: { id: lead }, phase: 'intake', quality: 4 },
      { lead: { id: lead }, phase: 'outcome', helped: ['luck'] },
      { lead: { email: 'nobody@example.com' }, phase: 'intake', quality: 1 },
      { lead: { id: lead }, phase: 'sometime' },
    ];
    const answered = (await post('/reviews', many, SAM)).body.items;
    expect(answered.map((item: any) => item.code ?? item.events[0].type)).toEqual([
      'lead.reviewed',
      'LEAD.UNKNOWN_CODE',
      'LEAD.NOT_FOUND',
      'REQUEST.INVALID',
    ]);
  });
});
