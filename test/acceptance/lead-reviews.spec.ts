import { startServer, temporaryFolder, type Answer, type Server } from './support/process.js';

const BOSS = { 'x-actor-id': 'zoe', 'x-actor-team': 'sales' };
const SAM = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
const MIA = { 'x-actor-id': 'mia', 'x-actor-team': 'marketing' };
const eur = (amount: string): object => ({ amount, currency: 'EUR' });
const on = (day: string, hour = 9): string => `2026-02-${day}T${String(hour).padStart(2, '0')}:00:00Z`;

/**
 * Five leads that sales received in February 2026, by hand: Ada (webinar) was judged 4 by Sam and 5 by Zoe, won and paid 1,000; Bob (webinar) was judged
 * 2 and lost; Cleo (email) was rejected without an attempt and bought in March after all; Dan (email) was recycled after two attempts; Eve (email) waits. Fay was sales' own find.
 */
describe('A lead review, over HTTP', () => {
  const data = temporaryFolder();
  let server: Server;
  let position = '0';
  const lead: Record<string, string> = {};

  const post = async (route: string, body: unknown, headers: Record<string, string>, status = 200): Promise<Answer> => {
    const answer = await server.post(route, body, headers);
    expect({ route, status: answer.status, body: answer.body }).toMatchObject({ status });
    position = answer.body.position ?? position;
    return answer;
  };
  const get = async (route: string): Promise<any> =>
    (await server.get(`${route}${route.includes('?') ? '&' : '?'}minPosition=${position}`)).body;

  const receive = async (name: string, channel: string, day: string): Promise<void> => {
    const created = await post('/leads', { channel, segment: 'small', occurredAt: on(day) }, MIA, 201);
    const id = created.body.id as string;
    lead[name] = id;
    await post(`/leads/${id}/assign`, { owner: 'sam', team: 'sales', occurredAt: on(day, 10) }, MIA);
    await post(`/leads/${id}/qualify-mql`, { definition: 'mql@1', evidence: [], occurredAt: on(day, 11) }, MIA);
  };
  const deal = async (name: string, day: string): Promise<string> =>
    (await post('/deals', { lead: lead[name], value: eur('1000.00'), occurredAt: on(day) }, SAM, 201)).body
      .id as string;

  beforeAll(async () => {
    server = await startServer(data.path);
    const management = { 'x-actor-team': 'management' };
    await post('/members', { handle: 'zoe', team: 'sales', role: 'head', occurredAt: on('01') }, management, 201);
    await post('/members', { handle: 'sam', team: 'sales', occurredAt: on('01') }, management, 201);
    await post('/members', { handle: 'mia', team: 'marketing', occurredAt: on('01') }, management, 201);
    await receive('ada', 'webinar', '02');
    await receive('bob', 'webinar', '03');
    await receive('cleo', 'email', '04');
    await receive('dan', 'email', '05');
    await receive('eve', 'email', '06');

    const won = await deal('ada', '08');
    await post(`/deals/${won}/close`, { outcome: 'won', occurredAt: on('12') }, SAM);
    await post(`/deals/${won}/payments`, { amount: eur('1000.00'), occurredAt: on('13') }, SAM);
    const lost = await deal('bob', '08');
    await post(`/deals/${lost}/close`, { outcome: 'lost', reason: 'price', occurredAt: on('14') }, SAM);
    await post(`/leads/${lead['cleo']}/reject`, { reason: 'no-budget', occurredAt: on('09') }, SAM);
    const call = { kind: 'call', direction: 'outbound', outcome: 'attempted', member: 'sam' };
    await post(`/leads/${lead['dan']}/touches`, { ...call, occurredAt: on('07') }, SAM);
    await post(`/leads/${lead['dan']}/touches`, { ...call, occurredAt: on('10') }, SAM);
    await post(`/leads/${lead['dan']}/recycle`, { reason: 'no-response', occurredAt: on('11') }, SAM);
    const bought = (await post('/deals', { lead: lead['cleo'], occurredAt: '2026-03-02T09:00:00Z' }, SAM, 201)).body.id;
    await post(
      `/deals/${bought}/close`,
      { outcome: 'won', value: eur('50.00'), occurredAt: '2026-03-03T09:00:00Z' },
      SAM,
    );

    const found = await post('/leads', { channel: 'outbound', occurredAt: on('15') }, SAM, 201);
    lead['fay'] = found.body.id as string;
    await post(`/leads/${lead['fay']}/touches`, { ...call, occurredAt: on('15') }, SAM);
    await post(`/leads/${lead['fay']}/accept`, { occurredAt: on('16') }, SAM);

    const review = (name: string, body: object, by = SAM): Promise<Answer> =>
      post(`/leads/${lead[name]}/review`, body, by);
    await review('ada', { phase: 'intake', quality: 4, needs: ['reporting'] });
    await review('ada', { phase: 'intake', quality: 5, needs: ['reporting', 'speed'] }, BOSS);
    await review('bob', { phase: 'intake', quality: 1 });
    await review('bob', { phase: 'intake', quality: 2, challenges: ['no-time'] });
    await review('cleo', { phase: 'intake', quality: 5 }, MIA);
    await review('ada', { phase: 'outcome', helped: ['case-study'] });
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('the report holds what was worked out by hand', async () => {
    const { total } = await get('/lead-reviews?period=2026-02');
    expect(total).toEqual({
      received: 5,
      intake: {
        reviewed: { value: 0.4, numerator: 2, denominator: 5 },
        quality: { mean: 3.25, judged: 2, grades: { '1': 0, '2': 1, '3': 0, '4': 0, '5': 1 } },
        needs: [
          { code: 'reporting', count: 1 },
          { code: 'speed', count: 1 },
        ],
        challenges: [{ code: 'no-time', count: 1 }],
      },
      outcome: {
        won: 1,
        lost: 1,
        recycled: 1,
        disqualified: 0,
        reviewed: { value: 1 / 3, numerator: 1, denominator: 3 },
        helped: [{ code: 'case-study', count: 1 }],
        wentWrong: [],
      },
      exits: [
        { exit: 'recycled', reason: 'no-response', count: 1 },
        { exit: 'rejected', reason: 'no-budget', count: 1 },
      ],
      closeReasons: [{ outcome: 'lost', reason: 'price', count: 1 }],
      effort: {
        attempts: { unit: 'attempt', count: 2, mean: 1, p50: 0, p90: 2, p95: 2 },
        days: { unit: 'day', count: 2, mean: 5.5, p50: 5, p90: 6, p95: 6 },
        rejectedWithoutAttempt: 1,
        rejectedThenBought: 1,
      },
      byQuality: [
        { grade: 5, won: 1, lost: 0, winRate: { value: 1, numerator: 1, denominator: 1 }, revenue: '1000.00' },
        { grade: 2, won: 0, lost: 1, winRate: { value: 0, numerator: 0, denominator: 1 }, revenue: '0.00' },
      ],
    });
  });

  it('is told by channel, over time, as it was known, and as a table', async () => {
    const { rows } = await get('/lead-reviews?period=2026-02&by=channel');
    expect(rows.map((row: any) => [row.channel, row.received, row.intake.reviewed.numerator])).toEqual([
      ['email', 3, 0],
      ['webinar', 2, 2],
    ]);
    const weeks = await get('/lead-reviews?period=2026-02&grain=week&channel=email');
    expect(weeks.rows.map((row: any) => [row.period, row.received])).toEqual([
      ['2026-W06', 3],
      ['2026-W07', 0],
    ]);
    const before = await server.get('/lead-reviews?period=2026-02&knownAt=2026-02-01T00:00:00Z');
    expect(before.body.total).toMatchObject({ received: 0, intake: { quality: { mean: null } } });
    const csv = await server.get('/lead-reviews?period=2026-02&by=channel&format=csv');
    expect(csv.body.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^channel,received,intake\.reviewed\.value,/),
      expect.stringMatching(/^email,3,0,0,/),
      expect.stringMatching(/^webinar,2,1,2,3\.25,2,0,1,0,0,1,reporting: 1; speed: 1,no-time: 1,1,1,0,0,/),
    ]);
  });

  it('every count leads to its leads', async () => {
    const leadsOf = async (count: string, more = ''): Promise<string[]> =>
      (await get(`/lead-reviews/leads?period=2026-02&count=${count}${more}`)).leads.map((one: any) => one.lead);
    const names = (...of: string[]): string[] => of.map((name) => lead[name] ?? '').sort();
    expect((await leadsOf('received')).sort()).toEqual(names('ada', 'bob', 'cleo', 'dan', 'eve'));
    expect(await leadsOf('rejectedThenBought')).toEqual(names('cleo'));
    expect((await leadsOf('needs', '&need=speed')).sort()).toEqual(names('ada'));
    expect(await leadsOf('exits', '&exit=recycled')).toEqual(names('dan'));
    expect((await server.get('/lead-reviews/leads?count=weather')).body.code).toBe('QUERY.UNKNOWN_METRIC');
  });

  it('a session fixes its queue, is worked through, and lists what was not reviewed', async () => {
    expect((await post('/lead-reviews/sessions', { period: '2026-02' }, MIA, 403)).body.code).toBe('REVIEW.WRONG_TEAM');
    expect((await post('/lead-reviews/sessions', {}, SAM, 400)).body.code).toBe('REVIEW.PERIOD_REQUIRED');
    const first = await post('/lead-reviews/sessions', { period: '2026-02', channel: 'webinar' }, SAM, 201);
    const route = `/lead-reviews/sessions/${first.body.id}`;
    expect(first.headers.get('location')).toBe(route);
    expect((await get(route)).queue).toEqual([
      { lead: lead['ada'], pass: 1, phase: 'intake', reviewed: true },
      { lead: lead['bob'], pass: 1, phase: 'intake', reviewed: true },
      { lead: lead['ada'], pass: 1, phase: 'outcome', reviewed: true },
      { lead: lead['bob'], pass: 1, phase: 'outcome', reviewed: false },
    ]);
    await post(`${route}/decisions`, { text: 'Invitations name the price.' }, MIA);
    await post(`${route}/actions`, { text: 'Write it.', owner: 'mia', due: '2026-03-15' }, SAM);
    await receive('gus', 'webinar', '20');
    await post(`${route}/close`, {}, SAM);
    const closed = await get(route);
    expect(closed).toMatchObject({ status: 'closed', queued: 4, notReviewed: 1, decisions: [{ by: 'mia' }] });
    expect(closed.queue).toHaveLength(4);
    const report = await get(`${route}/report?by=channel`);
    expect(report).toMatchObject({
      progress: { intake: { queued: 2, reviewed: 2 }, outcome: { queued: 2, reviewed: 1 } },
      report: { rows: [{ channel: 'webinar', received: 3 }] },
    });

    const second = await post('/lead-reviews/sessions', { from: '2026-02-01', to: '2026-02-28' }, SAM, 201);
    const { actionId } = closed.actions[0];
    expect((await get(`/lead-reviews/sessions/${second.body.id}`)).openActions).toMatchObject([
      { review: first.body.id, actionId, owner: 'mia', due: '2026-03-15' },
    ]);
    await post(`${route}/actions/${actionId}/done`, { note: 'Sent.' }, MIA);
    expect((await get(`/lead-reviews/sessions/${second.body.id}`)).openActions).toEqual([]);
    expect((await get('/lead-reviews/sessions?status=open')).items.map((item: any) => item.id)).toEqual([
      second.body.id,
    ]);
    expect((await post(`${route}/decisions`, { text: 'Late.' }, SAM, 409)).body.code).toBe('REVIEW.CLOSED');
  });

  it('can be printed', async () => {
    const page = await server.get('/page/lead-reviews?period=2026-02&by=channel');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    for (const text of ['Lead review', 'webinar', 'reporting', 'no-budget']) expect(page.body).toContain(text);
  });
});
