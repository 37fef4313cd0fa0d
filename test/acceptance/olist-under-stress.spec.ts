import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithDataset } from './support/datasets.js';
import { start, startServer, succeeds, temporaryFolder } from './support/process.js';

const QUESTIONS: readonly (readonly string[])[] = [
  [
    'figures',
    '--metrics',
    'leads,mqls,won,newCustomers,timeToCloseDays,dealCycleDays',
    '--by',
    'channel',
    '--grain',
    'month',
  ],
  ['figures', '--metrics', 'won', '--by', 'sdr,sr'],
  ['funnel', '--by', 'channel'],
];

/** Everything asked about the same data in the same way, without the position that it was answered at. */
async function answers(data: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const question of QUESTIONS) {
    const { rows, total } = JSON.parse(await succeeds([...question, '--data', data, '--format', 'json'])) as {
      rows: unknown;
      total: unknown;
    };
    all.push({ rows, total });
  }
  return all;
}

const LEADS = 'olist_marketing_qualified_leads_dataset.csv';
const DEALS = 'olist_closed_deals_dataset.csv';

describeWithDataset('olist', 'The Olist import under stress', (folder) => {
  const calm = temporaryFolder();
  let expected: unknown[];

  beforeAll(async () => {
    await succeeds(['import', '--data', calm.path, '--preset', 'olist', folder]);
    expected = await answers(calm.path);
  }, 120_000);
  afterAll(() => calm.remove());

  it('gives the same figures when importer and server were killed with -9 in the middle, again and again', async () => {
    const data = temporaryFolder();
    try {
      for (const milliseconds of [700, 1100, 1500, 1900]) {
        const server = await startServer(data.path);
        const importing = start(['import', '--data', data.path, '--preset', 'olist', folder]);
        await sleep(milliseconds);
        importing.child.kill('SIGKILL');
        await importing.done;
        await server.kill();
      }
      await succeeds(['import', '--data', data.path, '--preset', 'olist', folder]);
      expect(await answers(data.path)).toEqual(expected);
      await succeeds(['projection', 'verify', '--data', data.path]);
    } finally {
      data.remove();
    }
  }, 180_000);

  it('gives the same figures from rows in another order', async () => {
    const data = temporaryFolder();
    const shuffled = temporaryFolder();
    try {
      for (const file of [LEADS, DEALS]) {
        const [header = '', ...rows] = readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n');
        // A fixed permutation: 7919 is prime and divides neither length.
        const other = rows.map((_, index) => rows[(index * 7919 + 13) % rows.length] ?? '');
        writeFileSync(path.join(shuffled.path, file), [header, ...other].join('\n'));
      }
      await succeeds(['import', '--data', data.path, '--preset', 'olist', shuffled.path]);
      expect(await answers(data.path)).toEqual(expected);
    } finally {
      data.remove();
      shuffled.remove();
    }
  }, 120_000);

  it('gives the same figures when the server runs during the import', async () => {
    const data = temporaryFolder();
    const server = await startServer(data.path);
    try {
      await succeeds(['import', '--data', data.path, '--preset', 'olist', folder]);
      const { body } = await server.get('/figures?metrics=leads,won');
      expect(body.total).toEqual({ leads: 8000, won: 842 });
      expect(await answers(data.path)).toEqual(expected);
    } finally {
      await server.stop();
      data.remove();
    }
  }, 120_000);

  it('adds just the difference of a later file', async () => {
    const data = temporaryFolder();
    const files = temporaryFolder();
    try {
      const [header = '', ...rows] = readFileSync(path.join(folder, DEALS), 'utf8').trimEnd().split('\n');
      copyFileSync(path.join(folder, LEADS), path.join(files.path, LEADS));
      writeFileSync(path.join(files.path, DEALS), [header, ...rows.slice(0, 500)].join('\n'));
      await succeeds(['import', '--data', data.path, '--preset', 'olist', files.path]);
      copyFileSync(path.join(folder, DEALS), path.join(files.path, DEALS));
      await succeeds(['import', '--data', data.path, '--preset', 'olist', files.path]);
      expect(await answers(data.path)).toEqual(expected);
    } finally {
      data.remove();
      files.remove();
    }
  }, 120_000);

  it('has a past when it is imported as history: figures known at any moment are those of that moment', async () => {
    const data = temporaryFolder();
    try {
      await succeeds(['import', '--data', data.path, '--preset', 'olist', '--as-history', folder]);
      expect(await answers(data.path)).toEqual(expected);
      const known = async (moment: string): Promise<{ leads: number; won: number }> => {
        const text = await succeeds([
          'figures',
          '--data',
          data.path,
          '--metrics',
          'leads,won',
          '--known-at',
          moment,
          '--format',
          'json',
        ]);
        return (JSON.parse(text) as { total: { leads: number; won: number } }).total;
      };
      const firstContacts = readFileSync(path.join(folder, LEADS), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',')[1] ?? '');
      const wonDates = readFileSync(path.join(folder, DEALS), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',')[4] ?? '');
      for (const day of ['2017-09-01', '2018-02-01', '2018-07-01']) {
        expect(await known(`${day}T00:00:00Z`)).toEqual({
          // A lead's first instant of its day is known at that instant.
          leads: firstContacts.filter((contact) => contact <= day).length,
          won: wonDates.filter((won) => won < day).length,
        });
      }
      const before = JSON.parse(
        await succeeds([
          'figures',
          '--data',
          data.path,
          '--metrics',
          'leads',
          '--known-at',
          '2010-01-01T00:00:00Z',
          '--format',
          'json',
        ]),
      ) as {
        total: { leads: number };
        warnings: { code: string }[];
      };
      expect(before.total.leads).toBe(0);
      expect(before.warnings.map((warning) => warning.code)).toContain('BEFORE_FIRST_RECORD');
    } finally {
      data.remove();
    }
  }, 180_000);
});
