import { describeWithDataset, published } from './support/datasets.js';
import { startServer, succeeds, temporaryFolder, type Server } from './support/process.js';

interface Published {
  readonly 'alejandrodiazrive-mex/olist-marketing-efficiency legacy_analysis/marketing_performance.csv': {
    readonly rows: readonly (readonly [string, string, string, string, string])[];
  };
  readonly 'R-jyothi31/FUTURE_DS_03 notebooks/funnel_analysis.ipynb': {
    readonly distinct_sdr: number;
    readonly distinct_sr: number;
    readonly top_sdr: Readonly<Record<string, number>>;
    readonly top_sr: Readonly<Record<string, number>>;
    readonly segments: Readonly<Record<string, number>>;
    readonly won_per_month: Readonly<Record<string, number>>;
  };
}

interface Row {
  readonly [column: string]: any;
}

describeWithDataset('olist', 'The Olist marketing funnel: 8,000 leads, 842 won deals', (folder) => {
  const expected = published(folder) as Published;
  const origins =
    expected['alejandrodiazrive-mex/olist-marketing-efficiency legacy_analysis/marketing_performance.csv'].rows;
  const people = expected['R-jyothi31/FUTURE_DS_03 notebooks/funnel_analysis.ipynb'];
  const data = temporaryFolder();
  let server: Server;
  let imported: string;

  /** The same question over HTTP and on the command line; both answers must be equal. */
  async function rows(query: string): Promise<readonly Row[]> {
    const { status, body } = await server.get(`/figures?${query}`);
    expect(status).toBe(200);
    const options = [...new URLSearchParams(query)].flatMap(([name, value]) => [`--${name}`, value]);
    const cli = JSON.parse(await succeeds(['figures', '--data', data.path, '--format', 'json', ...options])) as {
      rows: Row[];
      total: Row;
    };
    expect(cli.rows).toEqual(body.rows);
    expect(cli.total).toEqual(body.total);
    return body.rows;
  }
  const byName = (found: readonly Row[], dimension: string, metric: string): Record<string, number> =>
    Object.fromEntries(found.map((row) => [row[dimension] as string, row[metric] as number]));
  const top = (counts: Record<string, number>, n: number): Record<string, number> =>
    Object.fromEntries(
      Object.entries(counts)
        .sort((a, b) => b[1] - a[1])
        .slice(0, n),
    );

  beforeAll(async () => {
    imported = await succeeds(['import', '--data', data.path, '--preset', 'olist', folder]);
    server = await startServer(data.path);
  }, 900_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('is imported by one command, which says what it did', () => {
    expect(imported).toMatch(/8,?842/);
  });

  it('gives the published leads, won deals and conversion per origin, the empty origin apart from "unknown"', async () => {
    const { body } = await server.get('/funnel?stages=lead,won&by=channel');
    const actual = body.rows.map((row: Row) => {
      const [lead, won] = row['stages'];
      return [row['channel'] ?? 'NULL', String(lead.count), String(won.count), (won.fromFirst.value * 100).toFixed(2)];
    });
    expect(new Set(actual)).toEqual(new Set(origins.map((row) => row.slice(0, 4))));
    expect(byName(await rows('metrics=leads,won&by=channel'), 'channel', 'leads')['organic_search']).toBe(2296);
  });

  it('gives the published mean days to close per origin', async () => {
    const actual = (await rows('metrics=timeToCloseDays&by=channel')).map((row) => [
      row['channel'] ?? 'NULL',
      row['timeToCloseDays'].mean.toFixed(1),
    ]);
    const closed = origins.map((row) => [row[0], row[4]]);
    expect(new Set(actual)).toEqual(new Set(closed));
  });

  it('gives the published deals per month, in UTC', async () => {
    expect(byName(await rows('metrics=won&grain=month'), 'period', 'won')).toEqual(people.won_per_month);
  });

  it('gives the published sales people and segments', async () => {
    const sdrs = byName(await rows('metrics=won&by=sdr'), 'sdr', 'won');
    expect(Object.keys(sdrs)).toHaveLength(people.distinct_sdr);
    expect(top(sdrs, 5)).toEqual(people.top_sdr);
    const srs = byName(await rows('metrics=won&by=sr'), 'sr', 'won');
    expect(Object.keys(srs)).toHaveLength(people.distinct_sr);
    expect(top(srs, 5)).toEqual(people.top_sr);
    expect(byName(await rows('metrics=won&by=owner'), 'owner', 'won')).toEqual(srs);
    expect(top(byName(await rows('metrics=won&by=segment'), 'segment', 'won'), 5)).toEqual(people.segments);
    expect((await rows('metrics=leads&by=content')).length).toBe(495);
  });

  it('shows 842 new customers as the unified KPI and names the basis, for no payment was recorded', async () => {
    const { body } = await server.get('/kpi');
    expect(body.kpi).toMatchObject({ id: 'newCustomers', value: 842 });
    expect(body.basis).toMatchObject({ metric: 'newCustomers' });
    expect(body.basis.howTo).toContain('payments');
    expect(await succeeds(['kpi', '--data', data.path])).toContain('842');
  });

  it('shows the history of any lead, whom it touched and the events behind it', async () => {
    const { body: leads } = await server.get('/leads?channel=paid_search&stage=customer&limit=1');
    const id = leads.items[0].id as string;
    const { body: timeline } = await server.get(`/leads/${id}/timeline`);
    const types = timeline.items.map((item: Row) => item['type']);
    expect(types).toEqual(expect.arrayContaining(['lead.created', 'lead.mql-qualified', 'deal.opened', 'deal.won']));
    expect(await succeeds(['lead', id, '--data', data.path])).toContain('deal.won');
  });

  it('adds nothing when it is imported again', async () => {
    const events = async (): Promise<number> =>
      (await succeeds(['export', '--data', data.path])).trimEnd().split('\n').length;
    const before = await events();
    await succeeds(['import', '--data', data.path, '--preset', 'olist', folder]);
    expect((await rows('metrics=leads,won,mqls'))[0]).toEqual({ leads: 8000, won: 842, mqls: 8000 });
    // Only the import itself (started, finished) is new.
    expect((await events()) - before).toBeLessThanOrEqual(2);
  }, 600_000);

  it('gives the same figures after a rebuild', async () => {
    const questions = [
      'metrics=leads,won,mqls,newCustomers,timeToCloseDays&by=channel&grain=month',
      'metrics=won&by=sdr,sr',
    ];
    const before = await Promise.all(questions.map(rows));
    await succeeds(['projection', 'rebuild', '--data', data.path]);
    expect(await Promise.all(questions.map(rows))).toEqual(before);
    await succeeds(['projection', 'verify', '--data', data.path]);
  }, 600_000);
});
