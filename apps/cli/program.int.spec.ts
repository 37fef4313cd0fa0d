import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { runProgram } from './program.js';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('concord', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-cli-'));
  const data = join(folder, 'data');
  const leads = join(folder, 'leads.csv');
  const mapping = join(folder, 'map.json');
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  async function concord(...args: readonly string[]): Promise<Ended> {
    const said = { out: '', err: '' };
    const spies = (['out', 'err'] as const).map((name) =>
      jest
        .spyOn(name === 'out' ? process.stdout : process.stderr, 'write')
        .mockImplementation((chunk: unknown, ...rest: unknown[]) => {
          said[name] += String(chunk);
          const done = rest.find((one) => typeof one === 'function') as ((error?: Error) => void) | undefined;
          done?.();
          return true;
        }),
    );
    try {
      return { code: await runProgram(args, { CONCORD_LOG_LEVEL: 'silent' }), ...said };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  }

  beforeAll(async () => {
    writeFileSync(
      leads,
      'id,at,channel,email\nL1,2024-01-10,email,secret.person@example.com\nL2,2024-01-31,,b@example.com\nL3,2024-02-30,events,c@example.com\n',
    );
    writeFileSync(
      mapping,
      JSON.stringify({
        format: 1,
        name: 'crm',
        system: 'crm',
        files: [
          {
            file: 'leads.csv',
            records: [{ kind: 'lead', id: 'id', at: 'at', fields: { channel: 'channel', 'person.email': 'email' } }],
          },
        ],
      }),
    );
    const { code, out } = await concord(
      'import',
      '--mapping',
      mapping,
      '--data',
      data,
      '--rejects',
      join(folder, 'rejects.csv'),
      leads,
    );
    expect(out).toMatch(
      /Imported 3 rows .* 2 events added[^]*2 {2}lead\.created[^]*Rejected 1 row\.\nSee .*rejects\.csv\nImport [0-9a-f-]{36}/,
    );
    expect(code).toBe(3);
  }, 60_000);

  it('leaves nothing behind in a dry run, not even a data folder', async () => {
    const nowhere = join(folder, 'nowhere');
    const rejects = join(folder, 'dry.csv');
    const { code, out } = await concord(
      'import',
      '--mapping',
      mapping,
      '--data',
      nowhere,
      '--rejects',
      rejects,
      '--dry-run',
      leads,
    );
    expect([code, out]).toEqual([
      3,
      expect.stringMatching(/^Dry run: 3 rows would add 2 events; nothing was written\./),
    ]);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('names the rows that it rejected, for the owner alone', () => {
    expect(readFileSync(join(folder, 'rejects.csv'), 'utf8')).toMatch(
      /leads\.csv,4,at,IMPORT\.BAD_DATE,.*,L3,2024-02-30,events,c@example\.com/,
    );
    expect(statSync(join(folder, 'rejects.csv')).mode & 0o077).toBe(0);
  });

  it('answers figures as a table, as CSV and as JSON', async () => {
    const ask = ['figures', '--data', data, '--metrics', 'leads', '--by', 'channel'];
    expect((await concord(...ask)).out).toBe(
      'all time (days in UTC)\nchannel  Leads\n–            1\nemail        1\ntotal        2\n',
    );
    expect((await concord(...ask, '--format', 'csv')).out).toBe('channel,leads\n,1\nemail,1\n');
    expect(JSON.parse((await concord(...ask, '--json')).out)).toMatchObject({
      rows: [
        { channel: null, leads: 1 },
        { channel: 'email', leads: 1 },
      ],
      total: { leads: 2 },
    });
  });

  it('filters by a dimension, and by no value', async () => {
    const total = async (...filter: string[]): Promise<unknown> =>
      (
        JSON.parse((await concord('figures', '--data', data, '--metrics', 'leads', '--json', ...filter)).out) as {
          total: object;
        }
      ).total;
    expect([
      await total('--channel', 'email'),
      await total('--channel='),
      await total('--channel=', '--channel', 'email'),
    ]).toEqual([{ leads: 1 }, { leads: 0 + 1 }, { leads: 2 }]);
  });

  it('shows the unified KPI, a funnel and the imports', async () => {
    expect((await concord('kpi', '--data', data)).out).toMatch(/New paying customers +0\nLeads +2\n/);
    expect((await concord('funnel', '--data', data, '--stages', 'lead,won')).out).toMatch(/lead +2\n/);
    expect((await concord('imports', '--data', data)).out).toMatch(/crm +3 +1 +0 +2 +leads\.csv/);
  });

  it('says why a figure changed, with the events behind', async () => {
    const since = ['changes', '--data', data, '--metric', 'leads', '--known-from', '2020-01-01T00:00:00Z'];
    const { out } = await concord(...since, '--limit', '1');
    expect(out).toMatch(
      /Leads: 0 as known at 2020-01-01T00:00:00Z, then 2\n[^]*new activity +\+2 +2 events\n +\+1 +lead\.created .*import.*\n +and 1 more\n/,
    );
    expect((await concord(...since, '--format', 'csv')).out.split('\n')).toHaveLength(4);
    expect((await concord(...since, '--channel', 'emial')).out).toMatch(/Nothing .* changed it[^]*near to it: "email"/);
  });

  it('explains metrics, stages and dimensions, without a ledger', async () => {
    const { out } = await concord('glossary');
    expect(out).toMatch(/^newPayingCustomers +New paying customers \(version 1\)\./m);
    expect(out).toMatch(/^owner +Who was in charge/m);
    expect(out).toMatch(/^markov-1 +Markov chain of first order \(version 1\)\./m);
    expect((await concord('glossary', 'few_conv')).out).toMatch(/^FEW_CONVERSIONS/m);
    expect((await concord('glossary', '--format', 'csv')).out).toMatch(
      /^roas,1,Credited revenue per spend,ratio,.*,credit$/m,
    );
    expect((await concord('glossary', 'win rate')).out).toMatch(/winRateOfClosed[^]*winRateOfOpened/);
    expect(await concord('glossary', 'revenu3')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/near to it: revenue/) as unknown,
    });
  });

  it("shows a lead's history", async () => {
    const events = (await concord('export', '--data', data)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; leadid: string });
    const { code, out } = await concord(
      'lead',
      events.find(({ type }) => type === 'lead.created')!.leadid,
      '--data',
      data,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/2024-01-\d\dT00:00:00Z +lead\.created +import +system/);
  });

  it('exports every event with its envelope, and no personal field in clear', async () => {
    const file = join(folder, 'events.ndjson');
    expect((await concord('export', '--data', data, '--out', file)).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/secret\.person/i);
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ position }) => Number(position))).toEqual(events.map((_, index) => index + 1));
    expect(events.find(({ type }) => type === 'lead.created')).toMatchObject({
      specversion: '1.0',
      actorteam: 'system',
      meta: { source: 'crm', step: 'lead', n: 0 },
      data: { person: { k: expect.any(String) as unknown, ct: expect.any(String) as unknown } },
    });
    expect(await concord('export', '--data', data, '--out', file)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/exists already; name a new file/) as unknown,
    });
  });

  it('looks after the read models', async () => {
    expect((await concord('projection', 'status', '--data', data)).out).toMatch(/figures +1 +\d+ +0 +\d+ +0 +current/);
    expect(await concord('projection', 'rebuild', 'leads', '--data', data)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^leads: generation 2 is active/) as unknown,
    });
    expect(await concord('projection', 'verify', '--data', data)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/leads +lead +2 +same/) as unknown,
    });
    expect(await concord('projection', 'promote', '--data', data)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no generation waits/) as unknown,
    });
  }, 60_000);

  it('makes a demo in an empty ledger only', async () => {
    const empty = join(folder, 'demo');
    expect(await concord('demo', '--leads', '20', '--data', empty)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The story of 20 leads/) as unknown,
    });
    expect(JSON.parse((await concord('figures', '--metrics', 'leads', '--data', empty, '--json')).out)).toMatchObject({
      total: { leads: 20 },
    });
    expect(await concord('demo', '--leads', '20', '--data', empty)).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^concord: the demo fills an empty ledger only.*\(DEMO\.LEDGER_NOT_EMPTY\)\n$/,
      ) as unknown,
    });
  }, 60_000);

  it.each([
    [['bogus'], 2, /unknown command 'bogus'/],
    [['figures', '--data', join(folder, 'nowhere'), '--metrics', 'leads'], 2, /there is no ledger in .*nowhere/],
    [['figures', '--data', data], 2, /QUERY\.METRICS_MISSING/],
    [['figures', '--data', data, '--metrics', 'moonlight'], 2, /"moonlight" is not a metric.*QUERY\.UNKNOWN_METRIC/],
    [['figures', '--data', data, '--metrics', 'leads', '--period', '2024-13'], 2, /QUERY\.BAD_PERIOD/],
    [['figures', '--data', data, '--format', 'xml', '--metrics', 'leads'], 2, /Allowed choices are table, csv, json/],
    [['kpi', '--url', 'http://127.0.0.1:9'], 1, /no server answers at http:\/\/127\.0\.0\.1:9/],
    [['kpi', '--url', 'here'], 2, /--url takes an address/],
    [['lead', 'L1', '--data', data], 2, /"L1" is not the id of a lead/],
    [['lead', '5b0a3a52-5a5c-5e0c-9f5e-0d5f1a8b7c11', '--data', data], 1, /LEAD\.NOT_FOUND/],
    [['import', leads, '--data', data], 2, /name a --preset \(olist, maven-crm, dbt-ad-spend\) or a --mapping file/],
    [['import', leads, '--preset', 'acme', '--data', data], 2, /there is no preset "acme"/],
    [['import', leads, '--mapping', join(folder, 'none.json'), '--data', data], 2, /the mapping .* cannot be read/],
    [['import', leads, '--mapping', leads, '--data', data], 2, /the mapping is not JSON.*IMPORT\.BAD_MAPPING/],
    [['import', '--mapping', mapping, '--data', data], 2, /missing required argument 'file'/],
    [['import', join(folder, 'none.csv'), '--mapping', mapping, '--data', data], 1, /none\.csv does not exist/],
    [
      ['import', leads, '--mapping', mapping, '--as-history', '--data', data],
      1,
      /--as-history imports into an empty ledger only/,
    ],
    [['demo', '--leads', 'many', '--data', join(folder, 'x')], 2, /--leads takes a whole number from 1/],
    [['demo'], 2, /required option '--leads <number>'/],
    [['projection', 'destroy', '--data', data], 2, /"destroy" is not one of status, rebuild, promote, verify/],
    [
      ['projection', 'status', 'moon', '--data', data],
      2,
      /there is no processor "moon"; known are leads, deals, roster, .*figures/,
    ],
  ] as const)('%j ends with %d and one line', async (args, code, expected) => {
    const ended = await concord(...args);
    expect(ended.err).toMatch(expected);
    expect(ended.err).not.toMatch(/\n {4}at /);
    expect(ended.code).toBe(code);
  });
});
