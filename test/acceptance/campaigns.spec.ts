import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startServer, succeeds, temporaryFolder, type Server } from './support/process.js';

/*
 * All in February 2026, in EUR. Ann sees an ad of the campaign "spring" on the 2nd and a newsletter on the 10th, buys on the 20th and pays 1,000 (cost 400) on
 * the 21st. Bob comes from nowhere and pays 300 (cost 100) on the 23rd. Spend: 200 on spring (paid_search), corrected to 150; 50 on email; and from
 * the ad platform's file 100 on spring (google, cpc) and 80 on linkedin (social), which nobody came by.
 *
 *                 spend                  by origin: revenue  profit  new customers    linear: revenue  profit  customers
 * paid_search     150 + 100 = 250        1,000               600     1                500              300     1/2
 * email           50                     .                   .       .                500              300     1/2
 * social          80                     .                   .       .                .                .       .
 * (nobody)        .                      300                 200     1                300              200     1
 * all             380                    1,300               800     2                1,300            800     2
 */
type Row = Readonly<Record<string, any>>; // what came over the wire; a wrong shape fails the assertion

const MARKETING = { 'x-actor-id': 'ida', 'x-actor-team': 'marketing' };
const SALES = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const at = (day: number, hour = 9) => `2026-02-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`;
const ratio = (numerator: string, denominator: string, value: number) => ({
  value: expect.closeTo(value, 9) as number,
  numerator,
  denominator,
});
const noSpend = (numerator: string) => ({ value: null, numerator, denominator: '0.00' });

describe('A campaign: what it cost, what it brought', () => {
  const data = temporaryFolder();
  let server: Server;
  let campaign = '';
  let ann = '';
  let position = '';
  let beforeCorrection = '';
  let correction = '';

  const posted = async (route: string, body: unknown, actor = MARKETING): Promise<any> => {
    const { status, body: answer } = await server.post(route, body, actor);
    if (status >= 300) throw new Error(`${route}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const ask = async (route: string): Promise<any> => {
    const { status, body } = await server.get(`${route}${route.includes('?') ? '&' : '?'}minPosition=${position}`);
    expect({ route, status, body: status === 200 ? null : body }).toEqual({ route, status: 200, body: null });
    return body;
  };
  const byChannel = (answer: { readonly rows: readonly Row[] }): Readonly<Record<string, Row>> =>
    Object.fromEntries(answer.rows.map(({ channel, ...row }) => [String(channel), row]));
  const bought = async (lead: string, day: number, amount: string, cost: string): Promise<string> => {
    const { id: deal } = await posted('/deals', { lead, occurredAt: at(day - 3) }, SALES);
    await posted(`/deals/${deal}/close`, { outcome: 'won', occurredAt: at(day) }, SALES);
    const payment = { amount: eur(amount), cost: eur(cost), occurredAt: at(day + 1) };
    return (await posted(`/deals/${deal}/payments`, payment, SALES)).position;
  };
  const importAds = async (): Promise<any> => {
    const file = path.join(data.path, 'ad_spend.csv');
    return JSON.parse(await succeeds(['import', '--preset', 'dbt-ad-spend', '--data', data.path, '--json', file]));
  };

  beforeAll(async () => {
    server = await startServer(data.path);
    ({ id: campaign } = await posted('/campaigns', {
      name: 'spring',
      channel: 'paid_search',
      owners: ['ida'],
      startOn: '2026-02-01',
    }));
    await posted(`/campaigns/${campaign}/change-owners`, { owners: ['ida', 'tom'], from: '2026-02-10' });
    ({ id: ann } = await posted('/leads', { company: 'Ann', occurredAt: at(2, 8) }));
    const touch = (body: object) => posted(`/leads/${ann}/touches`, { kind: 'visit', ...body });
    await touch({ source: 'google', medium: 'cpc', campaign: 'spring', occurredAt: at(2) });
    await touch({ source: 'weekly', medium: 'newsletter', occurredAt: at(10) });
    const { id: bob } = await posted('/leads', { company: 'Bob', occurredAt: at(11) });
    await bought(ann, 20, '1000.00', '400.00');
    await bought(bob, 22, '300.00', '100.00');
    const spent = await posted(`/campaigns/${campaign}/spend`, { day: '2026-02-01', amount: eur('200.00') });
    await posted('/spend', [{ day: '2026-02-05', channel: 'email', amount: eur('50.00') }]);
    writeFileSync(
      path.join(data.path, 'ad_spend.csv'),
      'date_day,utm_source,utm_medium,utm_campaign,spend\n2026-02-03,google,cpc,spring,100.00\n2026-02-04,linkedin,social,,80.00\n',
    );
    expect(await importAds()).toMatchObject({ rows: 2, rejected: 0, unchanged: 0 });
    beforeCorrection = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const corrected = await posted(`/campaigns/${campaign}/spend/${spent.id}/correct`, {
      day: '2026-02-01',
      amount: eur('150.00'),
      reason: 'credit note',
    });
    ({ position } = corrected);
    correction = corrected.events[0].id;
  }, 120_000);
  afterAll(async () => {
    if (server.running) await server.stop();
    data.remove();
  });

  it('has owners by day, and touches whose channel the rules chose', async () => {
    expect(await ask(`/campaigns/${campaign}`)).toMatchObject({
      name: 'spring',
      ownerships: [
        { from: '2026-02-01', owners: ['ida'] },
        { from: '2026-02-10', owners: ['ida', 'tom'] },
      ],
    });
    const { items } = await ask(`/leads/${ann}/timeline`);
    const touches = items.filter(({ type }: Row) => type === 'lead.touched').map(({ data: told }: Row) => told);
    expect(touches).toMatchObject([
      { channel: 'paid_search', channelRule: 'channels@1', source: 'google', medium: 'cpc', campaign: 'spring' },
      { channel: 'email', channelRule: 'channels@1', source: 'weekly', medium: 'newsletter' },
    ]);
  });

  it('takes the file of the ad platform a second time without adding anything', async () => {
    const before = await ask('/spend');
    expect(await importAds()).toMatchObject({ rows: 2, unchanged: 2, rejected: 0, events: {} });
    expect((await ask('/spend')).items).toEqual(before.items);
    expect(before.items).toHaveLength(4);
  });

  it('shows spend, cost per customer and return by the channel that each lead came in with', async () => {
    const answer = await ask('/figures?metrics=spend,cac,roas,romi&by=channel&period=2026-02');
    expect(byChannel(answer)).toEqual({
      paid_search: {
        spend: '250.00',
        cac: { value: '250.00', numerator: '250.00', denominator: 1 },
        roas: ratio('1000.00', '250.00', 4),
        romi: ratio('350.00', '250.00', 1.4),
      },
      email: {
        spend: '50.00',
        cac: { value: null, numerator: '50.00', denominator: 0 },
        roas: ratio('0.00', '50.00', 0),
        romi: ratio('-50.00', '50.00', -1),
      },
      social: {
        spend: '80.00',
        cac: { value: null, numerator: '80.00', denominator: 0 },
        roas: ratio('0.00', '80.00', 0),
        romi: ratio('-80.00', '80.00', -1),
      },
      null: {
        spend: '0.00',
        cac: { value: '0.00', numerator: '0.00', denominator: 1 },
        roas: noSpend('300.00'),
        romi: noSpend('200.00'),
      },
    });
    expect(answer.total).toEqual({
      spend: '380.00',
      cac: { value: '190.00', numerator: '380.00', denominator: 2 },
      roas: ratio('1300.00', '380.00', 1300 / 380),
      romi: ratio('420.00', '380.00', 420 / 380),
    });
  });

  it('sets money beside any figure and beside the funnel, over HTTP and on the command line', async () => {
    const answer = await ask('/figures?metrics=won&by=channel&money=true');
    expect(byChannel(answer)['paid_search']).toEqual({
      won: 1,
      revenue: '1000.00',
      profit: '600.00',
      spend: '250.00',
      romi: ratio('350.00', '250.00', 1.4),
    });
    const asked = ['--by', 'channel', '--data', data.path, '--money'];
    const told = JSON.parse(await succeeds(['figures', '--metrics', 'won', ...asked, '--format', 'json'])) as Row;
    expect(told['rows']).toEqual(answer.rows);
    expect(await succeeds(['figures', '--metrics', 'won', ...asked])).toMatch(
      /^paid_search +1 +1,000\.00 EUR +600\.00 EUR +250\.00 EUR +140\.00 %$/m,
    );
    expect(await succeeds(['funnel', '--stages', 'lead,won', ...asked])).toMatch(
      /^paid_search +lead +1 .* 1,000\.00 EUR +600\.00 EUR +250\.00 EUR +140\.00 %\npaid_search +won +1/m,
    );
  });

  it('gives what came back under a model, with spend that nobody came by, as JSON and as CSV', async () => {
    const answer = await ask('/roi?models=linear&by=channel&period=2026-02');
    const credit = (conversions: number, revenue: string, profit: string | null) =>
      ({ conversions, customers: conversions, revenue, profit }) as const;
    const rows = byChannel(answer);
    expect(rows['paid_search']).toEqual({
      spend: '250.00',
      linear: {
        ...credit(0.5, '500.00', '300.00'),
        roas: ratio('500.00', '250.00', 2),
        romi: ratio('50.00', '250.00', 0.2),
        cac: { value: '500.00', numerator: '250.00', denominator: 0.5 },
      },
    });
    expect(rows['email']).toEqual({
      spend: '50.00',
      linear: {
        ...credit(0.5, '500.00', '300.00'),
        roas: ratio('500.00', '50.00', 10),
        romi: ratio('250.00', '50.00', 5),
        cac: { value: '100.00', numerator: '50.00', denominator: 0.5 },
      },
    });
    expect(rows['social']).toMatchObject({
      spend: '80.00',
      linear: { conversions: 0, revenue: '0.00', roas: { value: 0 }, romi: { value: -1 }, cac: { value: null } },
    });
    expect(rows['(unattributed)']).toMatchObject({ spend: '0.00', linear: credit(1, '300.00', '200.00') });
    const { body: csv } = await server.get('/roi?models=linear&by=channel&period=2026-02&format=csv');
    const ratios = (id: string) => [`linear.${id}.value`, `linear.${id}.numerator`, `linear.${id}.denominator`];
    const columns = ['channel', 'spend', 'linear.conversions', 'linear.customers', 'linear.revenue', 'linear.profit'];
    expect((csv as string).split('\n')).toEqual(
      expect.arrayContaining([
        [...columns, ...ratios('roas'), ...ratios('romi'), ...ratios('cac')].join(),
        'paid_search,250.00,0.5,0.5,500.00,300.00,2,500.00,250.00,0.2,50.00,250.00,500.00,250.00,0.5',
      ]),
    );
  });

  it('credits every cent under every model: credited and unattributed are what the ledger holds', async () => {
    const models = ['first-touch', 'last-touch', 'linear', 'markov-1', 'shapley'];
    const { rows, balance } = await ask(`/attribution?models=${models.join()}&by=channel`);
    expect(balance.ledger).toEqual({ conversions: 2, customers: 2, revenue: '1300.00', profit: '800.00' });
    for (const model of models)
      expect(balance.models[model]).toEqual({
        credited: { conversions: 1, customers: 1, revenue: '1000.00', profit: '600.00' },
        unattributed: { conversions: 1, customers: 1, revenue: '300.00', profit: '200.00' },
        existingCustomer: { conversions: 0, customers: 0, revenue: '0.00', profit: null },
        difference: { conversions: 0, customers: 0, revenue: '0.00', profit: '0.00' },
      });
    const revenue = (model: string) =>
      Object.fromEntries(
        rows.map((row: Row) => [row['channel'], row[model].revenue]).filter(([, one]: string[]) => one !== '0.00'),
      );
    expect(revenue('first-touch')).toEqual({ paid_search: '1000.00', '(unattributed)': '300.00' });
    expect(revenue('last-touch')).toEqual({ email: '1000.00', '(unattributed)': '300.00' });
    expect(revenue('linear')).toEqual({ paid_search: '500.00', email: '500.00', '(unattributed)': '300.00' });
  });

  it('gives the old figure as known before the correction, and names the correction as the cause', async () => {
    const known = `knownAt=${beforeCorrection}`;
    const then = byChannel(await ask(`/figures?metrics=spend,roas,romi&by=channel&${known}`));
    expect(then['paid_search']).toEqual({
      spend: '300.00',
      roas: ratio('1000.00', '300.00', 1000 / 300),
      romi: ratio('300.00', '300.00', 1),
    });
    const roi = byChannel(await ask(`/roi?models=linear&${known}`));
    expect(roi['paid_search']).toMatchObject({ spend: '300.00', linear: { romi: { value: 0 } } });
    const changes = await ask(`/figures/changes?metric=spend&period=2026-02&knownFrom=${beforeCorrection}`);
    expect(changes).toMatchObject({
      before: '430.00',
      after: '380.00',
      changes: [
        {
          cause: 'correction',
          change: '-50.00',
          events: 1,
          items: [{ eventId: correction, type: 'spend.corrected', change: '-50.00', actor: { id: 'ida' } }],
        },
      ],
    });
    expect(changes.changes).toHaveLength(1);
  });
});
