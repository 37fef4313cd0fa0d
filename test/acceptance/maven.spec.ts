import { describeWithDataset, published } from './support/datasets.js';
import { startServer, succeeds, temporaryFolder, type Server } from './support/process.js';

interface Closed {
  readonly closed: number;
  readonly won: number;
  readonly lost: number;
  readonly win_rate_pct: number;
}
interface Published {
  readonly 'kisaraF/CRM-Sales_Analysis Analysis.ipynb': {
    readonly won: number;
    readonly closed: number;
    readonly top_win_rate: Readonly<Record<string, Closed>>;
    readonly top_revenue: Readonly<Record<string, number>>;
    readonly 'managers (closed, lost, won, win %)': Readonly<Record<string, readonly [number, number, number, number]>>;
  };
  readonly 'found by find_string "10,005,534" (10 files)': {
    readonly won_revenue: number;
    readonly avg_won_deal: number;
    readonly median_cycle_days: number;
    readonly stage_counts: Readonly<Record<'Won' | 'Lost' | 'Engaging' | 'Prospecting', number>>;
  };
}

interface Row {
  readonly [column: string]: any;
}

const percent = (ratio: { value: number }): number => Number((ratio.value * 100).toFixed(2));

describeWithDataset('maven_crm', 'The Maven CRM pipeline: 8,800 opportunities of 85 accounts', (folder) => {
  const file = published(folder) as Published;
  const notebook = file['kisaraF/CRM-Sales_Analysis Analysis.ipynb'];
  const totals = file['found by find_string "10,005,534" (10 files)'];
  const data = temporaryFolder();
  let server: Server;

  async function figures(query: string): Promise<{ rows: readonly Row[]; total: Row }> {
    const { status, body } = await server.get(`/figures?${query}`);
    expect(status).toBe(200);
    const options = [...new URLSearchParams(query)].flatMap(([name, value]) => [`--${name}`, value]);
    const cli = JSON.parse(await succeeds(['figures', '--data', data.path, '--format', 'json', ...options])) as {
      rows: Row[];
      total: Row;
    };
    expect(cli).toMatchObject({ rows: body.rows, total: body.total });
    return body;
  }

  beforeAll(async () => {
    await succeeds(['import', '--data', data.path, '--preset', 'maven-crm', folder], { CONCORD_CURRENCY: 'USD' });
    server = await startServer(data.path);
  }, 900_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('gives the published totals: won, closed, revenue, mean won deal', async () => {
    const { total } = await figures('metrics=won,lost,bookings,revenue,opportunities');
    expect(total['won']).toBe(notebook.won);
    expect(total['won'] + total['lost']).toBe(notebook.closed);
    expect(total['bookings']).toBe(`${totals.won_revenue}.00`);
    expect(total['revenue']).toBe(`${totals.won_revenue}.00`);
    expect(Math.round(Number(total['bookings']) / total['won'])).toBe(totals.avg_won_deal);
    expect(total['opportunities']).toBe(8800);
  });

  it('names both win rates: 63.15 % of closed, 48.16 % of opened', async () => {
    const { total } = await figures('metrics=winRateOfClosed,winRateOfOpened');
    expect(percent(total['winRateOfClosed'])).toBe(63.15);
    expect(percent(total['winRateOfOpened'])).toBe(48.16);
  });

  it('gives the mean and median deal cycle', async () => {
    const { total } = await figures('metrics=dealCycleDays');
    expect(total['dealCycleDays'].mean.toFixed(2)).toBe('51.78');
    expect(total['dealCycleDays'].count).toBe(notebook.won);
    expect(total['dealCycleDays'].p50).toBe(totals.median_cycle_days);
  });

  it('gives the published win rate and revenue of the sales people', async () => {
    const { rows } = await figures('metrics=won,lost,winRateOfClosed,revenue&by=owner');
    const owner = new Map(rows.map((row) => [row['owner'] as string, row]));
    for (const [name, expected] of Object.entries(notebook.top_win_rate)) {
      const row = owner.get(name);
      expect({ name, won: row?.['won'], lost: row?.['lost'], rate: percent(row?.['winRateOfClosed']) }).toEqual({
        name,
        won: expected.won,
        lost: expected.lost,
        rate: expected.win_rate_pct,
      });
    }
    const byRevenue = [...rows].sort((a, b) => Number(b['revenue']) - Number(a['revenue'])).slice(0, 10);
    expect(byRevenue.map((row) => [row['owner'], Number(row['revenue'])])).toEqual(
      Object.entries(notebook.top_revenue),
    );
  });

  it('gives the published line of every manager', async () => {
    const { rows } = await figures('metrics=won,lost,winRateOfClosed&by=manager');
    const actual = Object.fromEntries(
      rows
        .filter((row) => row['won'] > 0)
        .map((row) => [
          row['manager'],
          [row['won'] + row['lost'], row['lost'], row['won'], percent(row['winRateOfClosed'])],
        ]),
    );
    expect(actual).toEqual(notebook['managers (closed, lost, won, win %)']);
  });

  it('joins the offices rightly: West 3,568,647 and Central 3,346,293 (one publication has them swapped)', async () => {
    const { rows } = await figures('metrics=revenue&by=office');
    const office = Object.fromEntries(rows.map((row) => [row['office'], row['revenue']]));
    expect(office['West']).toBe('3568647.00');
    expect(office['Central']).toBe('3346293.00');
  });

  it('counts the stages on the deal list', async () => {
    const { body } = await server.get('/pipeline');
    const stages = Object.fromEntries(body.stages.map((row: Row) => [row['stage'], row['count']]));
    expect(stages).toMatchObject({
      Engaging: totals.stage_counts.Engaging,
      Prospecting: totals.stage_counts.Prospecting,
    });
    const count = async (query: string): Promise<number> => {
      let n = 0;
      let cursor: string | null = null;
      do {
        const { body: page } = await server.get(
          `/deals?${query}&limit=500${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        n += page.items.length;
        cursor = page.next;
      } while (cursor !== null);
      return n;
    };
    expect(await count('status=won')).toBe(totals.stage_counts.Won);
    expect(await count('status=lost')).toBe(totals.stage_counts.Lost);
    expect(await count('stage=Engaging&status=open')).toBe(totals.stage_counts.Engaging);
    expect(await count('stage=Prospecting&status=open')).toBe(totals.stage_counts.Prospecting);
  }, 300_000);

  it('shows 85 paying customers as the unified KPI, and profit unknown', async () => {
    const { body } = await server.get('/kpi');
    expect(body.kpi).toMatchObject({ id: 'newPayingCustomers', value: 85 });
    expect(body.basis).toBeNull();
    const { total } = await figures('metrics=profit,paymentsWithoutCost,leads');
    expect(total['profit']).toBeNull();
    expect(total['paymentsWithoutCost']).toBe(notebook.won);
    expect(total['leads']).toBe(85);
  });
});
