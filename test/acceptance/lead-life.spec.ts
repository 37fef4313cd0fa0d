import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { startServer, succeeds, temporaryFolder, type Answer, type Server } from './support/process.js';

const SALES = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
const MARKETING = { 'x-actor-id': 'mia', 'x-actor-team': 'marketing' };
const PAYMENT = '11111111-1111-5111-8111-111111111111';
const REFUND = '22222222-2222-5222-8222-222222222222';
const eur = (amount: string): object => ({ amount, currency: 'EUR' });

describe('The life of a lead, over HTTP', () => {
  const data = temporaryFolder();
  let server: Server;
  let lead: string;
  let deal: string;
  let last: Answer;

  const post = async (route: string, body: unknown, headers: Record<string, string>, status = 200): Promise<Answer> => {
    last = await server.post(route, body, headers);
    expect({ status: last.status, body: last.body }).toMatchObject({ status });
    return last;
  };
  const figures = async (more = ''): Promise<any> =>
    (
      await server.get(
        `/figures?metrics=leads,mqls,sals,sqls,won,newPayingCustomers,revenue,refunds,netRevenue,profit&minPosition=${last.body.position}${more}`,
      )
    ).body.total;

  beforeAll(async () => {
    server = await startServer(data.path);
    await post('/members', { handle: 'sam', team: 'sales', role: 'member' }, { 'x-actor-team': 'management' }, 201);
    await post(
      '/members',
      { handle: 'mia', team: 'marketing', role: 'head', aliases: ['Mia M.'] },
      { 'x-actor-team': 'management' },
      201,
    );
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('begins with its creation, which can be repeated without harm', async () => {
    const body = {
      person: {
        email: 'Ada.Lovelace@example.com',
        firstName: 'Ada',
        lastName: 'Lovelace-Zyx',
        phone: '+44 20 7946 0000',
      },
      company: 'Analytical Engines',
      channel: 'webinar',
      campaign: 'spring',
      externalIds: [{ system: 'crm', id: 'L-1' }],
      touches: [{ kind: 'ad-click', channel: 'paid_search', occurredAt: '2026-03-01T08:00:00Z' }],
      occurredAt: '2026-03-02T09:00:00Z',
    };
    const headers = { ...MARKETING, 'idempotency-key': 'form-1', 'x-correlation-id': 'corr-1' };
    const first = await post('/leads', body, headers, 201);
    lead = first.body.id;
    expect(first.headers.get('location')).toBe(`/leads/${lead}`);
    expect(first.headers.get('etag')).toBe('"1"');
    expect(first.headers.get('x-correlation-id')).toBe('corr-1');
    expect(first.body).toMatchObject({
      revision: 1,
      repeated: false,
      events: [
        { type: 'lead.created', revision: 0 },
        { type: 'lead.touched', revision: 1 },
      ],
    });
    const again = await post('/leads', body, headers, 200);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect(again.headers.get('etag')).toBe('"1"');
  });

  it('goes from marketing to sales and to a deal, each step by the team whose step it is', async () => {
    await post(
      `/leads/${lead}/qualify-mql`,
      { definition: 'mql@1', evidence: [{ rule: 'score', value: 72 }], occurredAt: '2026-03-03T09:00:00Z' },
      MARKETING,
    );
    await post(
      `/leads/${lead}/touches`,
      {
        kind: 'call',
        direction: 'outbound',
        outcome: 'connected',
        note: 'secret-note-qqq',
        occurredAt: '2026-03-04T10:00:00Z',
      },
      SALES,
    );
    await post(`/leads/${lead}/accept`, { occurredAt: '2026-03-04T11:00:00Z' }, SALES);
    await post(
      `/leads/${lead}/qualify-sql`,
      { occurredAt: '2026-03-06T09:00:00Z' },
      { ...SALES, 'if-match': last.headers.get('etag') ?? '' },
    );
    deal = (
      await post(
        '/deals',
        { lead, value: eur('5000.00'), stage: 'proposal', occurredAt: '2026-03-10T09:00:00Z' },
        SALES,
        201,
      )
    ).body.id;
    const { body } = await server.get(`/leads/${lead}?minPosition=${last.body.position}`);
    expect(body).toMatchObject({
      id: lead,
      stage: 'opportunity',
      pass: 1,
      owner: 'sam',
      team: 'sales',
      company: 'Analytical Engines',
      deals: [deal],
      channel: 'webinar',
    });
    expect(body.person.email).toBe('Ada.Lovelace@example.com');
  });

  it('becomes a paying customer, is refunded in part, and every figure says so', async () => {
    await post(
      `/deals/${deal}/close`,
      { outcome: 'won', value: eur('4800.00'), occurredAt: '2026-04-01T09:00:00Z' },
      SALES,
    );
    await post(
      `/deals/${deal}/payments`,
      {
        paymentId: PAYMENT,
        amount: eur('4800.00'),
        tax: eur('912.00'),
        cost: eur('1200.00'),
        occurredAt: '2026-04-15T09:00:00Z',
      },
      SALES,
      200,
    );
    await post(
      `/deals/${deal}/payments/${PAYMENT}/refunds`,
      { refundId: REFUND, kind: 'refund', amount: eur('300.00'), occurredAt: '2026-05-02T09:00:00Z' },
      SALES,
      200,
    );
    expect(await figures()).toEqual({
      leads: 1,
      mqls: 1,
      sals: 1,
      sqls: 1,
      won: 1,
      newPayingCustomers: 1,
      revenue: '4800.00',
      refunds: '300.00',
      netRevenue: '4500.00',
      profit: '3300.00',
    });
    expect(await figures('&period=2026-04')).toMatchObject({ leads: 0, won: 1, revenue: '4800.00', refunds: '0.00' });
    const { body: kpi } = await server.get('/kpi?period=2026-04');
    expect(kpi).toMatchObject({ kpi: { id: 'newPayingCustomers', value: 1, previous: 0 }, basis: null });
  });

  it('answers as it was known at any earlier moment', async () => {
    const moment = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = await figures();
    await post(`/deals/${deal}/payments/${PAYMENT}/annul`, { reason: 'wrong customer' }, SALES, 409);
    await post(`/deals/${deal}/payments/${PAYMENT}/refunds/${REFUND}/annul`, { reason: 'typed twice' }, SALES);
    await post(`/deals/${deal}/payments/${PAYMENT}/annul`, { reason: 'wrong customer' }, SALES);
    expect(await figures()).toMatchObject({ revenue: '0.00', refunds: '0.00', newPayingCustomers: 0 });
    expect(await figures(`&knownAt=${moment}`)).toEqual(before);
  });

  it('tells who touched the lead, when, from which team and with what outcome', async () => {
    const { body } = await server.get(`/leads/${lead}/timeline?minPosition=${last.body.position}`);
    const call = body.items.find((item: any) => item.type === 'lead.touched' && item.data.kind === 'call');
    expect(call).toMatchObject({
      occurredAt: '2026-03-04T10:00:00Z',
      actor: { id: 'sam', team: 'sales' },
      pass: 1,
      data: { member: 'sam', team: 'sales', outcome: 'connected', note: 'secret-note-qqq' },
    });
    expect(body.items.map((item: any) => item.type)).toEqual(
      expect.arrayContaining(['deal.won', 'deal.payment-received', 'deal.refund-annulled', 'deal.payment-annulled']),
    );
    for (const item of body.items) expect(item.eventId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('takes many touches at once, each judged alone', async () => {
    const nobody = '00000000-0000-5000-8000-000000000000';
    const { body, status } = await server.post(
      '/touches',
      [
        { lead: { id: lead }, kind: 'email', direction: 'outbound', outcome: 'replied' },
        { lead: { externalId: { system: 'crm', id: 'L-1' } }, kind: 'meeting', outcome: 'meeting-held' },
        { lead: { email: 'ada.lovelace@EXAMPLE.com' }, kind: 'demo' },
        { lead: { id: nobody }, kind: 'email' },
      ],
      SALES,
    );
    expect(status).toBe(200);
    expect(body.items.map((item: any) => item.events?.length ?? item.code)).toEqual([1, 1, 1, 'LEAD.NOT_FOUND']);
  });

  it('refuses a second lead of the same person and names the first', async () => {
    const refused = await post('/leads', { person: { email: 'ada.lovelace@example.com' } }, MARKETING, 409);
    expect(refused.body).toMatchObject({ code: 'LEAD.DUPLICATE', existing: lead });
    const touched = await server.post(
      '/leads',
      { person: { email: 'ada.lovelace@example.com' }, onDuplicate: 'touch', channel: 'email' },
      MARKETING,
    );
    expect(touched.body).toMatchObject({ id: lead });
  });

  it('finds leads by filter, search and page', async () => {
    for (let n = 0; n < 5; n += 1) await post('/leads', { company: `Filler ${n}`, channel: 'fair' }, MARKETING, 201);
    const at = `minPosition=${last.body.position}`;
    expect((await server.get(`/leads?q=lovelace-z&${at}`)).body.items.map((item: any) => item.id)).toEqual([lead]);
    const first = (await server.get(`/leads?channel=fair&sort=-createdAt&limit=2&${at}`)).body;
    const second = (
      await server.get(`/leads?channel=fair&sort=-createdAt&limit=2&cursor=${encodeURIComponent(first.next)}`)
    ).body;
    const third = (
      await server.get(`/leads?channel=fair&sort=-createdAt&limit=2&cursor=${encodeURIComponent(second.next)}`)
    ).body;
    const seen = [first, second, third].flatMap((page) => page.items.map((item: any) => item.company));
    expect(seen).toEqual(['Filler 4', 'Filler 3', 'Filler 2', 'Filler 1', 'Filler 0']);
    expect(third.next).toBeNull();
  });

  it('shows itself on the page, in the API document, in health and in metrics', async () => {
    const page = await server.get('/');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toMatch(/New (paying )?customers/);
    expect((await server.get('/health')).body).toMatchObject({ status: 'up' });
    expect((await server.get('/metrics')).body).toContain('# TYPE');
    const { body: api } = await server.get('/docs-json');
    for (const route of ['/leads', '/leads/{id}/qualify-mql', '/deals/{id}/close', '/figures', '/touches'])
      expect(Object.keys(api.paths)).toContain(route);
    expect((await server.get('/glossary')).body.metrics.length).toBeGreaterThan(20);
  });

  it('never writes personal data in clear outside the read models', async () => {
    const exported = await succeeds(['export', '--data', data.path]);
    expect(exported).toContain('lead.created');
    const secrets = [
      'Lovelace-Zyx',
      'ada.lovelace',
      'Ada.Lovelace',
      '7946 0000',
      'secret-note-qqq',
      'wrong customer',
      'typed twice',
    ];
    const { stdout, stderr } = await server.stop();
    server = await startServer(data.path);
    const places: [string, string][] = [
      ['export', exported],
      ['log', stdout + stderr],
    ];
    for (const file of readdirSync(data.path)) {
      if (!file.startsWith('read.') && statSync(path.join(data.path, file)).isFile())
        places.push([file, readFileSync(path.join(data.path, file), 'latin1')]);
    }
    expect(places.map(([name]) => name)).toEqual(expect.arrayContaining(['ledger.sqlite', 'keys.sqlite']));
    for (const [name, content] of places) {
      for (const secret of secrets)
        expect({ name, secret, found: content.toLowerCase().includes(secret.toLowerCase()) }).toEqual({
          name,
          secret,
          found: false,
        });
    }
    for (const file of ['keys.sqlite', 'identity.key'])
      expect(statSync(path.join(data.path, file)).mode & 0o077).toBe(0);
  }, 30_000);
});
