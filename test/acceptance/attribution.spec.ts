import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describeWithDataset } from './support/datasets.js';
import { startServer, succeeds, temporaryFolder, type Server } from './support/process.js';

interface Points {
  readonly first_points: number;
  readonly first_revenue: number;
  readonly last_points: number;
  readonly last_revenue: number;
  readonly u_points: number;
  readonly u_revenue: number;
  readonly lin_points: number;
  readonly lin_revenue: number;
}

interface Reference {
  readonly conversions: number;
  readonly revenue_total: number;
  readonly ad_spend_total: number;
  readonly by_utm_source: Readonly<Record<string, Points>>;
  readonly by_utm_medium: Readonly<Record<string, Points>>;
  readonly cpa_roas_linear_by_month_source: readonly {
    readonly month: string;
    readonly utm_source: string;
    readonly attribution_points: number;
    readonly attribution_revenue: number;
    readonly total_spend: number;
    readonly cost_per_acquisition: number | null;
    readonly return_on_advertising_spend: number | null;
  }[];
  readonly path_length_distribution: Readonly<Record<string, number>>;
}

type Row = Readonly<Record<string, any>>; // what came over the wire; a wrong shape fails the assertion

const MODELS = { first: 'first-touch', last: 'last-touch', u: 'position-40-20-40', lin: 'linear' } as const;
const TRACKER = { 'x-actor-id': 'tracker', 'x-actor-team': 'system' };

describeWithDataset('dbt_attribution_playbook', 'The dbt attribution playbook, told as events', (folder) => {
  const reference = JSON.parse(readFileSync(path.join(folder, 'reference.json'), 'utf8')) as Reference;
  const read = (file: string): Record<string, string>[] =>
    parse(readFileSync(path.join(folder, file), 'utf8'), { columns: true, relax_column_count: true });
  const instant = (text: string): string => `${text.replace(' ', 'T').replace(/T(\d):/, 'T0$1:')}Z`;
  const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);
  const sessions = read('sessions.csv');
  const conversions = read('customer_conversions.csv');
  const data = temporaryFolder();
  const shuffled = temporaryFolder();
  const servers: Server[] = [];
  let position = '';
  let halfKnown = '';

  /** Leads with their sessions as touches; each conversion a won deal with one payment; ad spend. */
  async function tell(
    server: Server,
    order: <T>(list: readonly T[]) => readonly T[],
    pause: () => Promise<void>,
  ): Promise<string> {
    const posted = async (route: string, body: unknown, actor = TRACKER): Promise<any> => {
      const { status, body: answer } = await server.post(route, body, actor);
      if (status >= 300) throw new Error(`${route}: ${JSON.stringify(answer)}`);
      return answer;
    };
    const customers = new Map<string, string>();
    const starts = new Map<string, string>();
    for (const { customer_id: id = '', started_at: at = '' } of sessions) {
      const start = instant(at);
      if ((starts.get(id) ?? start) >= start) starts.set(id, start);
    }
    for (const [id, start] of order([...starts])) {
      const { id: lead } = await posted('/leads', { externalIds: [{ system: 'shop', id }], occurredAt: start });
      customers.set(id, lead);
    }
    for (const session of order(sessions)) {
      await posted(`/leads/${customers.get(session['customer_id'] ?? '')}/touches`, {
        touchId: `00000000-0000-4000-8000-${(session['session_id'] ?? '').padStart(12, '0')}`,
        member: null,
        kind: 'web-session',
        channel: session['utm_source'],
        source: session['utm_source'],
        medium: orNull(session['utm_medium']),
        campaign: orNull(session['utm_campaign']),
        occurredAt: instant(session['started_at'] ?? ''),
      });
    }
    await pause();
    let last = '';
    for (const { customer_id: id = '', converted_at: at = '', revenue = '' } of order(conversions)) {
      const occurredAt = instant(at);
      const sales = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
      const { id: deal } = await posted('/deals', { lead: customers.get(id), occurredAt }, sales);
      await posted(`/deals/${deal}/close`, { outcome: 'won', occurredAt }, sales);
      const amount = { amount: `${revenue}.00`, currency: 'EUR' };
      ({ position: last } = await posted(`/deals/${deal}/payments`, { amount, occurredAt }, sales));
    }
    const spends = read('ad_spend.csv').map((row) => ({
      day: row['date_day'],
      channel: row['utm_source'],
      campaign: orNull(row['utm_campaign']),
      amount: { amount: row['spend'], currency: 'EUR' },
    }));
    const marketing = { 'x-actor-id': 'ida', 'x-actor-team': 'marketing' };
    for (const name of new Set(spends.flatMap(({ campaign }) => campaign ?? [])))
      await posted('/campaigns', { name, owners: ['ida'], startOn: '2020-02-01' }, marketing);
    const { items } = await posted('/spend', spends, marketing);
    const refused = items.find((item: Row) => item['position'] === undefined);
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
    return items.at(-1).position ?? last;
  }

  const ask = async (server: Server, route: string): Promise<any> => {
    const { status, body } = await server.get(`${route}${route.includes('?') ? '&' : '?'}minPosition=${position}`);
    expect({ route, status, body: status === 200 ? null : body }).toEqual({ route, status: 200, body: null });
    return body;
  };

  const ALL = Object.values(MODELS).join();
  const QUESTIONS = [
    `/attribution?models=${ALL},markov-1,shapley&period=2020-02`,
    `/attribution?models=${ALL}&by=medium,campaign&grain=week`,
    `/attribution?models=${ALL}&by=channel&on=touch&grain=day`,
    '/roi?models=linear,time-decay-7d&grain=month',
    '/journeys?limit=100',
  ];
  const answers = async (server: Server): Promise<readonly unknown[]> => {
    const bodies: unknown[] = [];
    for (const question of QUESTIONS) {
      const { asOf: _, ...body } = await ask(server, question);
      bodies.push(body);
    }
    return bodies;
  };

  beforeAll(async () => {
    const [server, other] = await Promise.all([startServer(data.path), startServer(shuffled.path)]);
    servers.push(server, other);
    position = await tell(
      server,
      (list) => list,
      async () => {
        halfKnown = new Date().toISOString();
        await new Promise((resolve) => setTimeout(resolve, 10));
      },
    );
    await tell(
      other,
      (list) =>
        [...list]
          .map((one, i) => ({ one, key: (i * 7919) % 101 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one),
      async () => undefined,
    );
  }, 300_000);
  afterAll(async () => {
    for (const server of servers) if (server.running) await server.stop();
    data.remove();
    shuffled.remove();
  });

  function expectPoints(rows: readonly Row[], dimension: string, published: Readonly<Record<string, Points>>): void {
    expect(rows.map((row) => row[dimension] ?? '(empty)').sort()).toEqual(Object.keys(published).sort());
    for (const row of rows) {
      const points = published[row[dimension] ?? '(empty)'];
      for (const [short, model] of Object.entries(MODELS)) {
        const [expected = Number.NaN, revenue = Number.NaN] = [
          points?.[`${short as keyof typeof MODELS}_points`],
          points?.[`${short as keyof typeof MODELS}_revenue`],
        ];
        expect(Math.abs(row[model].conversions - expected)).toBeLessThan(1e-5);
        // Each payment is rounded to the cent by itself.
        expect(Math.abs(Number(row[model].revenue) - revenue)).toBeLessThan(0.01 * reference.conversions);
      }
    }
  }

  it('credits sources and mediums as published, under four models', async () => {
    const [server] = servers as [Server];
    const bySource = await ask(server, `/attribution?models=${ALL}&by=source`);
    expectPoints(bySource.rows, 'source', reference.by_utm_source);
    expectPoints((await ask(server, `/attribution?models=${ALL}&by=medium`)).rows, 'medium', reference.by_utm_medium);
    const revenue = reference.revenue_total.toFixed(2);
    expect(bySource.balance.ledger).toMatchObject({ conversions: reference.conversions, revenue });
    for (const model of Object.values(MODELS))
      expect(bySource.balance.models[model]).toMatchObject({
        credited: { conversions: reference.conversions, revenue },
        unattributed: { conversions: 0, revenue: '0.00' },
        difference: { conversions: 0, revenue: '0.00' },
      });
  });

  it('sets them beside the spend as published: cost per acquisition, return on spend', async () => {
    const { rows, total } = await ask(servers[0] as Server, '/roi?models=linear&grain=month&period=2020-02');
    for (const expected of reference.cpa_roas_linear_by_month_source) {
      const row: Row = rows.find(
        (one: Row) => one['channel'] === expected.utm_source && one['period'] === expected.month,
      );
      expect(Number(row['spend'])).toBe(expected.total_spend);
      const { conversions: points, cac, roas } = row['linear'];
      expect(Math.abs(points - expected.attribution_points)).toBeLessThan(1e-5);
      if (expected.cost_per_acquisition !== null)
        expect(Math.abs(Number(cac.numerator) / cac.denominator - expected.cost_per_acquisition)).toBeLessThan(1e-3);
      if (expected.return_on_advertising_spend === null) expect(roas.value).toBeNull();
      else
        expect(Math.abs(roas.value - expected.return_on_advertising_spend)).toBeLessThan(
          (0.01 * 21) / expected.total_spend,
        );
    }
    expect(Number(total.spend)).toBe(reference.ad_spend_total);
  });

  it('shows how long the paths were', async () => {
    const { total } = await ask(servers[0] as Server, '/journeys');
    expect(Object.fromEntries(total.lengths.map((one: Row) => [one['touches'], one['conversions']]))).toEqual(
      reference.path_length_distribution,
    );
  });

  it('replays a model that is defined afterwards, and shows it beside the others at the same position', async () => {
    const [server] = servers as [Server];
    const define = (body: unknown) =>
      server.post('/attribution/models', body, { 'x-actor-id': 'ida', 'x-actor-team': 'marketing' });
    const options = { windowDays: 30 };
    expect((await define({ id: 'u', milestones: { ft: 40, cw: 40, rest: 20 }, options })).status).toBe(201);
    expect((await define({ id: 'u', milestones: { ft: 40, cw: 40, rest: 20 }, options })).body.events).toEqual([]);
    const { body } = await define({ id: 'one-day', model: 'linear', options: { windowDays: 0, excluded: ['direct'] } });
    expect(body.events).toHaveLength(1);
    await define({ id: 'linear', model: 'linear' }).then((answer) =>
      expect(answer).toMatchObject({ status: 409, body: { code: 'ATTRIBUTION.MODEL_IS_BUILT_IN' } }),
    );
    const asked = '/attribution?models=u,position-40-20-40,one-day,u@1&by=source';
    let answer = await server.get(asked);
    // Its lanes begin within a second or two of the definition; until they are there the answer is 503.
    for (let tries = 0; answer.status === 503 && tries < 20; tries++) answer = await server.get(asked);
    expect(answer.status).toBe(200);
    for (const row of answer.body.rows as Row[]) {
      expect(row['u']).toEqual(row['u@1']);
      // Within 30 days of the conversion lie all sessions of this set.
      if (row['source'] !== '(unattributed)') expect(row['u']).toEqual(row['position-40-20-40']);
    }
    const { rows, balance } = answer.body;
    expect(rows.find((row: Row) => row['source'] === 'direct')['one-day'].conversions).toBe(0);
    expect(rows.at(-1)).toMatchObject({ source: '(unattributed)', u: { conversions: 0 } });
    expect(rows.at(-1)['one-day'].conversions).toBeGreaterThan(0);
    expect(balance.models['one-day'].difference).toMatchObject({ conversions: 0, revenue: '0.00' });
    const { items } = (await server.get('/attribution/models')).body;
    expect(items.filter((item: Row) => item['builtIn'] === false)).toMatchObject([
      { id: 'u', version: 1, options: { windowDays: 30 } },
      { id: 'one-day', version: 1 },
    ]);
  }, 60_000);

  it('tells the journey behind a credit: each touch with its share, and the events', async () => {
    const [server] = servers as [Server];
    const { body } = await server.get('/leads?externalId=shop:1170');
    const [lead] = body.items as { id: string }[];
    const journey = await ask(server, `/leads/${lead?.id ?? ''}/journey?models=${ALL}`);
    expect(journey.conversions).toMatchObject([{ kind: 'new', converts: true, first: true, revenue: '15.00' }]);
    for (const model of Object.values(MODELS)) {
      const credit = journey.touches.map((touch: Row) => Number(touch['credit'][model].revenue));
      expect(credit.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(15, 10);
    }
    expect(journey.touches.every((touch: Row) => typeof touch['eventId'] === 'string')).toBe(true);
    expect(journey.events.map((event: Row) => event['type'])).toContain('deal.payment-received');
    expect(await ask(server, `/leads/${lead?.id ?? ''}/journey?knownAt=${halfKnown}`)).toMatchObject({
      conversions: [],
    });
    expect((await server.get(`/leads/${lead?.id ?? ''}/journey?models=shapley`)).body.code).toBe(
      'QUERY.MODEL_CREDITS_CHANNELS',
    );
  });

  it('answers the same from another order of arrival, and after a rebuild', async () => {
    const [server, other] = servers as [Server, Server];
    const told = await answers(server);
    const theirs: unknown[] = [];
    for (const question of QUESTIONS) {
      const { asOf: _, ...body } = (await other.get(question)).body;
      theirs.push(body);
    }
    expect(theirs).toEqual(told);
    await server.stop();
    await succeeds(['projection', 'rebuild', 'attribution', '--data', data.path]);
    servers[0] = await startServer(data.path);
    expect(await answers(servers[0])).toEqual(told);
    const cli = JSON.parse(
      await succeeds(['attribution', '--data', data.path, '--models', ALL, '--by', 'source', '--format', 'json']),
    ) as { rows: Row[] };
    expectPoints(cli.rows, 'source', reference.by_utm_source);
  }, 120_000);

  it('knows, as of the moment before anybody converted, only open paths', async () => {
    const [server] = servers as [Server];
    const known = await ask(server, `/attribution?models=${ALL},markov-1&knownAt=${halfKnown}`);
    expect(known.rows).toEqual([]);
    expect(known.balance.ledger).toMatchObject({ conversions: 0, revenue: '0.00' });
    expect((await ask(server, `/journeys?knownAt=${halfKnown}`)).total).toMatchObject({ conversions: 0, open: 52 });
  });

  it('follows a refund: the payment refunded in full leaves credit of exactly 0', async () => {
    const [server] = servers as [Server];
    const { body } = await server.get('/deals?limit=500');
    for (const { id } of body.items as { id: string }[]) {
      const { body: deal } = await server.get(`/deals/${id}`);
      const { paymentId, amount } = deal.payments[0];
      const { status, body: answer } = await server.post(
        `/deals/${id}/payments/${paymentId}/refunds`,
        { amount },
        { 'x-actor-id': 'fin', 'x-actor-team': 'finance' },
      );
      expect(status).toBe(200);
      position = answer.position;
    }
    const { total, balance } = await ask(server, `/attribution?models=${ALL},markov-1,shapley`);
    for (const model of [...Object.values(MODELS), 'markov-1', 'shapley']) {
      expect(total[model]).toMatchObject({ conversions: reference.conversions, revenue: '0.00' });
      expect(balance.models[model].difference).toMatchObject({ conversions: 0, revenue: '0.00' });
    }
  });
});
