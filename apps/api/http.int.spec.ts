import type { LightMyRequestResponse } from 'fastify';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import type { Problem } from '#platform/http/problem.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
beforeAll(async () => {
  app = await runningApp();
});
afterAll(() => app.stop());

const answer = (response: LightMyRequestResponse): CommandAnswer => response.json<CommandAnswer>();
const problem = (response: LightMyRequestResponse): Problem => {
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.headers['x-correlation-id']).toBe(response.json<Problem>().correlationId);
  return response.json<Problem>();
};
const head = () => app.ledger.eventStore.head();
const newLead = async (body: object = {}) => answer(await app.post('/leads', body));

describe('A command', () => {
  it('that creates answers 201 with Location, ETag and the events', async () => {
    const response = await app.post('/leads', { company: 'Engines' });
    expect(response.statusCode).toBe(201);
    const { id, position } = answer(response);
    expect(response.headers).toMatchObject({ location: `/leads/${id}`, etag: '"0"' });
    expect(answer(response)).toMatchObject({
      revision: 0,
      repeated: false,
      events: [{ type: 'lead.created', revision: 0 }],
    });
    const lead = await app.get(`/leads/${id}?minPosition=${position}`);
    expect(lead.statusCode).toBe(200);
    expect(lead.headers.etag).toBe('"0"');
    expect(lead.json()).toMatchObject({ id, company: 'Engines', stage: 'lead' });
  });

  it('is done once however often the same key sends it, and answers the same', async () => {
    const key = { 'idempotency-key': 'create-1' };
    const first = await app.post('/leads', { company: 'Once' }, key);
    const before = await head();
    const again = await app.post('/leads', { company: 'Once' }, key);
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(again.headers['idempotency-key']).toBe('create-1');
    expect(answer(again)).toEqual({ ...answer(first), repeated: true });
    expect(await head()).toBe(before);
  });

  it('with the same key and another body is refused', async () => {
    const key = { 'idempotency-key': 'create-2' };
    await app.post('/leads', { company: 'One' }, key);
    const response = await app.post('/leads', { company: 'Two' }, key);
    expect(problem(response)).toMatchObject({ status: 422, code: 'COMMAND.ID_REUSED' });
  });

  it('with the same key by another actor is another command', async () => {
    const key = { 'idempotency-key': 'create-3' };
    const one = await app.post('/leads', { company: 'One' }, key);
    const other = await app.post('/leads', { company: 'One' }, { ...key, 'x-actor-id': 'mia' });
    expect(other.statusCode).toBe(201);
    expect(answer(other).id).not.toBe(answer(one).id);
  });

  it('without a key gets a fresh one, by which it can be repeated', async () => {
    const first = await app.post('/leads', { company: 'Fresh' });
    const key = String(first.headers['idempotency-key']);
    expect(answer(await app.post('/leads', { company: 'Fresh' }, { 'idempotency-key': key }))).toMatchObject({
      repeated: true,
      id: answer(first).id,
    });
  });

  it('that finds nothing to do answers 200 with no events', async () => {
    const { id } = await newLead();
    const once = await app.post(`/leads/${id}/assign`, { owner: 'sam', team: 'sales' });
    const twice = await app.post(`/leads/${id}/assign`, { owner: 'sam', team: 'sales' });
    expect([once.statusCode, twice.statusCode]).toEqual([200, 200]);
    expect(answer(once).events).toHaveLength(1);
    expect(answer(twice)).toMatchObject({ repeated: false, events: [], revision: 1 });
  });

  it('with a stale If-Match is refused and leaves nothing', async () => {
    const { id } = await newLead();
    await app.post(`/leads/${id}/change-details`, { company: 'A' }, { 'if-match': '"0"' });
    const before = await head();
    const stale = await app.post(`/leads/${id}/change-details`, { company: 'B' }, { 'if-match': '"0"' });
    expect(problem(stale)).toMatchObject({ status: 412, code: 'COMMAND.STALE_REVISION', actual: 1 });
    expect(await head()).toBe(before);
    expect(
      problem(await app.post(`/leads/${id}/change-details`, { company: 'B' }, { 'if-match': 'latest' })),
    ).toMatchObject({ status: 400, code: 'REQUEST.BAD_IF_MATCH' });
  });

  it('carries its correlation id into the answer and into the ledger', async () => {
    const response = await app.post('/leads', {}, { 'x-correlation-id': 'nightly-17' });
    expect(response.headers['x-correlation-id']).toBe('nightly-17');
    const [event] = await app.ledger.eventStore.readStream(`lead-${answer(response).id}`);
    expect(event?.correlationId).toBe('nightly-17');
    expect(problem(await app.post('/leads', {}, { 'x-correlation-id': 'two words' }))).toMatchObject({
      status: 400,
      code: 'REQUEST.BAD_CORRELATION_ID',
    });
  });

  it('is stamped with the team that the roster knows, whatever the header says', async () => {
    await app.post('/members', { handle: 'rita', team: 'sales', role: 'member' });
    const response = await app.post('/leads', {}, { 'x-actor-id': 'rita', 'x-actor-team': 'marketing' });
    const [event] = await app.ledger.eventStore.readStream(`lead-${answer(response).id}`);
    expect(event?.actor).toEqual({ id: 'rita', team: 'sales' });
  });
});

describe('A malformed request is refused, and leaves the ledger unchanged:', () => {
  const id = '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10';
  it.each<[string, () => Promise<LightMyRequestResponse>, number, string, string?]>([
    ['an unknown property', () => app.post('/leads', { compny: 'x' }), 400, 'REQUEST.INVALID', '/compny'],
    [
      'an unknown nested property',
      () => app.post('/leads', { person: { mail: 'x' } }),
      400,
      'REQUEST.INVALID',
      '/person/mail',
    ],
    ['a number for a text', () => app.post('/leads', { company: 5 }), 400, 'REQUEST.INVALID', '/company'],
    ['a list for an object', () => app.post('/leads', { person: [] }), 400, 'REQUEST.INVALID', '/person'],
    ['no object at all', () => app.post('/leads', '[]'), 400, 'REQUEST.INVALID', ''],
    [
      'an impossible date',
      () => app.post('/leads', { occurredAt: '2026-02-30T10:00:00Z' }),
      400,
      'REQUEST.INVALID',
      '/occurredAt',
    ],
    [
      'a moment to come',
      () => app.post('/leads', { occurredAt: '2999-01-01T00:00:00Z' }),
      400,
      'REQUEST.OCCURRED_IN_FUTURE',
    ],
    ['broken JSON', () => app.post('/leads', '{"company":'), 400, 'REQUEST.BAD_JSON'],
    ['a NUL', () => app.post('/leads', '{"company":"a\\u0000b"}'), 400, 'REQUEST.BAD_ENCODING'],
    ['half a surrogate pair', () => app.post('/leads', '{"company":"\\ud800"}'), 400, 'REQUEST.BAD_ENCODING'],
    [
      'bytes that are no UTF-8',
      () =>
        app.inject({
          method: 'POST',
          url: '/leads',
          headers: { 'content-type': 'application/json' },
          payload: Buffer.from([0x7b, 0xff, 0x7d]),
        }),
      400,
      'REQUEST.BAD_ENCODING',
    ],
    ['a prototype', () => app.post('/leads', '{"__proto__":{"company":"x"}}'), 400, 'REQUEST.BAD_JSON'],
    ['a body too large', () => app.post('/leads', { company: 'x'.repeat(1_100_000) }), 413, 'REQUEST.TOO_LARGE'],
    [
      'another content type',
      () => app.post('/leads', 'company=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'REQUEST.UNSUPPORTED_MEDIA_TYPE',
    ],
    ['an id that is no UUID', () => app.post('/leads/42/accept', {}), 400, 'REQUEST.BAD_ID'],
    ['a query on a command', () => app.post('/leads?dryRun=1', {}), 400, 'QUERY.UNKNOWN_PARAMETER'],
    ['an unknown lead', () => app.post(`/leads/${id}/accept`, {}), 404, 'LEAD.NOT_FOUND'],
    ['no such route', () => app.post('/leeds', {}), 404, 'ROUTE.NOT_FOUND'],
    ['another method', () => app.inject({ method: 'DELETE', url: `/leads/${id}` }), 405, 'ROUTE.METHOD_NOT_ALLOWED'],
    ['a broken escape in the path', () => app.get('/leads/%E0%A4%A'), 400, 'REQUEST.BAD_URL'],
    ['an unknown filter', () => app.get('/leads?chanel=email'), 400, 'QUERY.UNKNOWN_PARAMETER'],
    ['an unknown order', () => app.get('/leads?sort=-shoeSize'), 400, 'QUERY.BAD_PARAMETER'],
    ['too much at once', () => app.get('/leads?limit=501'), 400, 'QUERY.BAD_PARAMETER'],
    ['a cursor of another question', () => app.get('/leads?cursor=abc'), 400, 'READ_STORE.BAD_CURSOR'],
    [
      'a moment to come, as known',
      () => app.get(`/leads/${id}?knownAt=2999-01-01T00:00:00Z`),
      400,
      'EVENT_STORE.MOMENT_IN_FUTURE',
    ],
    ['no moment at all', () => app.get(`/leads/${id}/timeline?knownAt=then`), 400, 'QUERY.BAD_PARAMETER'],
    ['a lead that is not there', () => app.get(`/leads/${id}`), 404, 'LEAD.NOT_FOUND'],
    ['a timeline that is not there', () => app.get(`/leads/${id}/timeline`), 404, 'LEAD.NOT_FOUND'],
    ['a deal that is not there', () => app.get(`/deals/${id}`), 404, 'DEAL.NOT_FOUND'],
    ['a position that never came', () => app.get('/leads?minPosition=999999999'), 503, 'READ_MODEL.BEHIND'],
  ])('%s', async (_name, act, status, code, ...[pointer]) => {
    const before = await head();
    const response = await act();
    expect(problem(response)).toMatchObject({ status, code });
    if (pointer !== undefined) expect(problem(response).errors?.map((error) => error.pointer)).toContain(pointer);
    expect(response.statusCode).toBe(status);
    expect(response.body).not.toMatch(/node_modules|SELECT |at \w+ \(/);
    expect(await head()).toBe(before);
  });

  it('and says when to come again, or what may be done instead', async () => {
    expect((await app.get('/leads?minPosition=999999999')).headers['retry-after']).toBe('1');
    expect((await app.inject({ method: 'PUT', url: `/leads/${id}` })).headers.allow).toBe('GET, HEAD');
  });
});

describe('A part of a lead or deal', () => {
  it('answers 200 with its own id, which the next command needs', async () => {
    const lead = await newLead({ company: 'Parts', person: { email: 'parts@example.org' } });
    const deal = (await app.post('/deals', { lead: lead.id })).json<CommandAnswer>();
    const touch = await app.post(`/leads/${lead.id}/touches`, { kind: 'call' });
    expect([touch.statusCode, touch.json()]).toEqual([200, expect.objectContaining({ id: lead.id })]);
    const touchId = String(touch.json<Record<string, unknown>>()['touchId']);
    expect((await app.post(`/leads/${lead.id}/touches/${touchId}/annul`, { reason: 'wrong lead' })).statusCode).toBe(
      200,
    );
    const amount = { amount: '10.00', currency: 'EUR' };
    const headers = { 'idempotency-key': 'part-payment' };
    const paid = await app.post(`/deals/${deal.id}/payments`, { amount }, headers);
    const paymentId = String(paid.json<Record<string, unknown>>()['paymentId']);
    const again = await app.post(`/deals/${deal.id}/payments`, { amount }, headers);
    expect(again.json()).toMatchObject({ repeated: true, paymentId });
    const refunded = await app.post(`/deals/${deal.id}/payments/${paymentId}/refunds`, { amount });
    const refundId = String(refunded.json<Record<string, unknown>>()['refundId']);
    for (const path of [`refunds/${refundId}/annul`, 'annul'])
      expect((await app.post(`/deals/${deal.id}/payments/${paymentId}/${path}`, { reason: 'test' })).statusCode).toBe(
        200,
      );
    const own = await app.post(`/deals/${deal.id}/payments`, {
      amount,
      paymentId: 'c0ffee00-0000-4000-8000-000000000001',
    });
    expect(own.json()).toMatchObject({ id: deal.id, paymentId: 'c0ffee00-0000-4000-8000-000000000001' });
    await app.post(`/deals/${deal.id}/payments/c0ffee00-0000-4000-8000-000000000001/annul`, { reason: 'test' });
    await app.post(`/deals/${deal.id}/annul`, { reason: 'test' });
  });
});

describe('A question', () => {
  it('finds a lead by the id it has elsewhere, and leads and deals by any dimension', async () => {
    const of = (company: string, region: string, id: string) =>
      newLead({
        company,
        dimensions: { region },
        externalIds: [{ system: 'crm', id }],
        person: { email: `${company}@example.org` },
      });
    const north = await of('Northwind', 'north', '47:11');
    const south = await of('Southwind', 'south', '4712');
    const deal = await app.post('/deals', { lead: north.id, dimensions: { region: 'north' } });
    const { position } = deal.json<CommandAnswer>();
    const found = async (path: string): Promise<string[]> =>
      (await app.get(`${path}&minPosition=${position}`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id);
    expect(await found('/leads?externalId=crm:47:11')).toEqual([north.id]);
    expect(await found('/leads?externalId=crm:4712&externalId=crm:nobody&q=southwind')).toEqual([south.id]);
    expect(await found('/leads?externalId=crm:4712&q=northwind')).toEqual([]);
    expect(await found('/leads?externalId=crm:nobody')).toEqual([]);
    expect(await found('/leads?dimension.region=north')).toEqual([north.id]);
    expect(await found('/leads?dimension.region=north&dimension.region=south&sort=company')).toEqual([
      north.id,
      south.id,
    ]);
    expect(await found('/deals?dimension.region=north')).toEqual([deal.json<CommandAnswer>().id]);
    expect(await found('/leads?dimension.region=&q=wind')).toEqual([]);
    for (const wrong of ['externalId=4711', 'dimension.=x', 'dimension.a-b=x'])
      expect([wrong, (await app.get(`/leads?${wrong}`)).statusCode]).toEqual([wrong, 400]);
    await app.post(`/deals/${deal.json<CommandAnswer>().id}/annul`, { reason: 'only for its dimension' });
  });

  it('filters, searches, sorts and pages', async () => {
    const names = ['Curta', 'Brunsviga', 'Arithmometer'];
    const answers: CommandAnswer[] = [];
    for (const [index, company] of names.entries()) {
      const person = { email: `${company}@example.com`, lastName: 'Müller' };
      answers.push(
        await newLead({
          company,
          channel: index === 0 ? 'fair' : 'museum',
          person,
          occurredAt: `2026-01-0${index + 1}T00:00:00Z`,
        }),
      );
    }
    const position = answers.at(-1)!.position;
    const companies = async (query: string) => {
      const page = (await app.get(`/leads?minPosition=${position}&${query}`)).json<{
        items: { company: string }[];
        next: string | null;
      }>();
      return { names: page.items.map(({ company }) => company), next: page.next };
    };
    expect((await companies('channel=museum&sort=company')).names).toEqual(['Arithmometer', 'Brunsviga']);
    expect((await companies('channel=museum&channel=fair&sort=-company')).names).toEqual([
      'Curta',
      'Brunsviga',
      'Arithmometer',
    ]);
    expect((await companies('q=m%C3%BCller&channel=fair')).names).toEqual(['Curta']);
    const first = await companies('channel=museum&channel=fair&sort=createdAt&limit=2');
    expect(first.names).toEqual(['Curta', 'Brunsviga']);
    expect(await companies(`channel=museum&channel=fair&sort=createdAt&limit=2&cursor=${first.next ?? ''}`)).toEqual({
      names: ['Arithmometer'],
      next: null,
    });
  });

  it('tells the history of a lead with its deals, who did what from which team, and as it was known at any moment', async () => {
    const { id } = await newLead({ company: 'Timeline' });
    await app.post(
      `/leads/${id}/qualify-mql`,
      { definition: 'mql@1', evidence: [] },
      { 'x-actor-id': 'ann', 'x-actor-team': 'marketing' },
    );
    const sales = { 'x-actor-id': 'tom', 'x-actor-team': 'sales' };
    await app.post(`/leads/${id}/touches`, { kind: 'call', direction: 'outbound', outcome: 'connected' }, sales);
    const deal = answer(await app.post('/deals', { lead: id, value: { amount: '99.50', currency: 'EUR' } }, sales));
    const items = (query = '') =>
      app
        .get(`/leads/${id}/timeline${query}`)
        .then((response) => response.json<{ items: Record<string, unknown>[] }>().items);
    const lines = await items();
    expect(lines.map(({ type }) => type)).toEqual([
      'lead.created',
      'lead.mql-qualified',
      'lead.touched',
      'deal.opened',
    ]);
    expect(lines[2]).toMatchObject({
      actor: { id: 'tom', team: 'sales' },
      pass: 1,
      data: { kind: 'call', outcome: 'connected', member: 'tom', team: 'sales' },
    });
    expect(lines[3]).toMatchObject({ deal: deal.id, data: { value: { amount: '99.50', currency: 'EUR' } } });
    const live = (await app.get(`/leads/${id}?minPosition=${deal.position}`)).json<object>();
    expect(live).toMatchObject({ stage: 'opportunity', deals: [deal.id], touches: 1 });

    const knownAt = String(lines[1]?.['recordedAt']);
    const next = Date.parse(String(lines[2]?.['recordedAt']));
    if (Date.parse(knownAt) < next) {
      expect((await items(`?knownAt=${knownAt}`)).map(({ type }) => type)).toEqual([
        'lead.created',
        'lead.mql-qualified',
      ]);
      expect((await app.get(`/leads/${id}?knownAt=${knownAt}`)).json()).toMatchObject({
        stage: 'mql',
        deals: [],
        asOf: { knownAt },
      });
    }
    expect(problem(await app.get(`/leads/${id}?knownAt=2001-01-01T00:00:00Z`))).toMatchObject({ status: 404 });
    expect((await app.get(`/pipeline?minPosition=${deal.position}`)).json()).toMatchObject({
      stages: [{ stage: 'open', count: 1, value: { amount: '99.50', currency: 'EUR' } }],
    });
  });

  it('lists members and imports', async () => {
    const joined = answer(await app.post('/members', { handle: 'lena', team: 'marketing', role: 'head' }));
    const members = await app.get(`/members?q=LENA&minPosition=${joined.position}`);
    expect(members.json()).toMatchObject({
      items: [{ handle: 'lena', team: 'marketing', role: 'head', leftAt: null }],
      next: null,
    });
    expect((await app.get('/imports')).json()).toMatchObject({ items: [], next: null });
  });
});

describe('Operation', () => {
  it('tells its health: the ledger, its clock, the projections, and that there is no sign-in', async () => {
    const health = (await app.get('/health')).json<{ projections: { processor: string }[] }>();
    expect(health).toMatchObject({ status: 'up', signIn: 'off', ledger: { status: 'up', clockLagMs: 0 } });
    const projections = health.projections.map(({ processor }) => processor);
    expect(projections).toEqual(expect.arrayContaining(['leads', 'deals', 'roster', 'figures']));
  });

  it('is measured by route, never by path', async () => {
    await app.get('/leads/0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10');
    const { body, headers } = await app.get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(body).toMatch(
      /concord_http_request_duration_seconds_count\{method="GET",route="\/leads\/:id",status="404"\} \d+/,
    );
    expect(body).toMatch(/concord_events_appended_total\{type="lead.created"\} \d+/);
    expect(body).toContain('concord_projection_lag{processor="leads",lane="0"}');
    expect(body).toContain('process_cpu_seconds_total');
    expect(body).not.toContain('0f5c7a0e');
  });

  it('answers with the headers that keep a browser out of trouble', async () => {
    const { headers } = await app.get('/health');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('The page', () => {
  it('shows figures and funnel, finds leads, and leads to their history, with everything escaped', async () => {
    const { id, position } = await newLead({ company: '<script>alert(1)</script>', channel: 'a&b' });
    await app.get(`/leads/${id}?minPosition=${position}`);
    const home = await app.get('/?q=alert(1)');
    expect(home.statusCode).toBe(200);
    expect(home.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(home.body).toContain('New paying customers');
    expect(home.body).toContain(`href="/page/leads/${id}"`);
    expect(home.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(home.body).not.toMatch(/<script|style=|https?:\/\//);
    const lead = await app.get(`/page/leads/${id}`);
    expect(lead.body).toContain('Lead created');
    expect(lead.body).not.toMatch(/<script|style=/);
    expect((await app.get('/page/style.css')).headers['content-type']).toMatch(/^text\/css/);
  });

  it('explains its figures and says how it is, in words', async () => {
    const glossary = await app.get('/page/glossary');
    expect(glossary.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(glossary.body).toMatch(/<div id="model-markov-1">\s*<dt>Markov chain/);
    expect(glossary.body).toMatch(/<div id="newPayingCustomers">\s*<dt>New paying customers/);
    const health = await app.get('/page/health');
    expect(health.body).toMatch(/<h1>All is well<\/h1>[^]*data-code="SIGN_IN_OFF"[^]*<th scope="row">figures<\/th>/);
    const home = await app.get('/');
    for (const link of ['/docs', '/page/glossary', '/page/health']) expect(home.body).toContain(`href="${link}"`);
    // For programs they stay what they were.
    for (const path of ['/glossary', '/health']) expect((await app.get(path)).headers['content-type']).toMatch(/json/);
  });

  it('tells people what went wrong on a page of its own', async () => {
    const wrong = await app.get('/?period=soon');
    expect(wrong.statusCode).toBe(400);
    expect(wrong.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await app.get('/page/leads/0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10')).statusCode).toBe(404);
    expect((await app.get('/page/leads/nobody')).statusCode).toBe(404);
  });
});
