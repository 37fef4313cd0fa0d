import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpendCorrectedData } from '#campaigns/events/spend-events.js';
import { knownSpend } from '#campaigns/known-spend.js';
import { parseMapping } from '#imports/mapping/parse-mapping.js';
import { dbtAdSpend } from '#imports/presets/dbt-ad-spend.js';
import { describeWithDataset } from '../../../test/acceptance/support/datasets.js';
import { csv, openWorkbench, type Workbench } from '../testing/import-workbench.js';

const HEADER = 'Date,Campaign,Channel,Source,Medium,Kind,Cost,Impressions,Clicks';
const SPEND = parseMapping({
  format: 1,
  name: 'ads',
  system: 'ads',
  complete: true,
  files: [
    {
      file: 'spend*.csv',
      records: [
        {
          kind: 'spend',
          campaign: 'Campaign',
          at: 'Date',
          fields: {
            channel: 'Channel',
            source: 'Source',
            medium: 'Medium',
            kind: 'Kind',
            amount: 'Cost',
            impressions: 'Impressions',
            clicks: 'Clicks',
          },
        },
      ],
    },
  ],
});

const ROWS = [
  '2024-01-10,spring,,google,cpc,,100.00,"1,000",10',
  '2024-01-11,spring,,google,cpc,,50,500,5',
  '2024-01-11,spring,,facebook,paid_social,,20,,',
  '2024-01-12,,events,,,event,900.00,,',
];

describe('An import of ad spend', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await openWorkbench();
    bench.file('spend.csv', csv(HEADER, ...ROWS));
  });
  afterEach(() => bench.close());

  const sums = async (): Promise<Readonly<Record<string, number>>> => {
    const byKey = new Map<string, number>();
    for (const { channel, campaign, kind, amount } of await knownSpend(bench.store, 'EUR').upTo()) {
      const key = `${channel ?? ''}/${campaign ?? ''}/${kind}`;
      byKey.set(key, (byKey.get(key) ?? 0) + amount);
    }
    return Object.fromEntries([...byKey].filter(([, amount]) => amount !== 0));
  };

  it('defines the campaigns on the way, chooses channels by the rules, and takes spend of a channel alone', async () => {
    expect(await bench.import(SPEND)).toMatchObject({ rows: 4, rejected: 0, unchanged: 0 });
    expect(await bench.counts()).toEqual({ 'campaign.defined': 1, 'spend.recorded': 4 });
    expect(await sums()).toEqual({
      'paid_search/spring/media': 15_000,
      'paid_social/spring/media': 2_000,
      'events//event': 90_000,
    });
  });

  it('adds nothing the second time', async () => {
    await bench.import(SPEND);
    const before = (await bench.events()).length;
    expect(await bench.import(SPEND)).toMatchObject({ rows: 4, unchanged: 4, rejected: 0, listed: 0, events: {} });
    expect(await bench.events()).toHaveLength(before);
  });

  it('adds just the difference of a changed file, A to B and back to A too', async () => {
    await bench.import(SPEND);
    const changed = [ROWS[0]!.replace('100.00', '80.00'), ROWS[1]!.replace('cpc,,50', 'cpc,,50'), ...ROWS.slice(2)];
    bench.file('spend.csv', csv(HEADER, ...changed, '2024-01-13,autumn,display,,,,5,,'));
    expect(await bench.import(SPEND)).toMatchObject({
      unchanged: 4 - 1,
      events: { 'spend.corrected': 1, 'campaign.defined': 1, 'spend.recorded': 1 },
    });
    const corrected = (await bench.events()).find(({ type }) => type === 'spend.corrected');
    expect(corrected?.data() as SpendCorrectedData).toMatchObject({ amount: { minor: 8_000 }, impressions: 1000 });
    bench.file('spend.csv', csv(HEADER, ...ROWS, '2024-01-13,autumn,display,,,,5,,'));
    expect(await bench.import(SPEND)).toMatchObject({ events: { 'spend.corrected': 1 } });
    expect(await sums()).toMatchObject({ 'paid_search/spring/media': 15_000, 'display/autumn/media': 500 });
  });

  it('lists spend that a whole file no longer holds, and leaves it', async () => {
    await bench.import(SPEND);
    bench.file('spend.csv', csv(HEADER, ...ROWS.slice(1)));
    expect(await bench.import(SPEND)).toMatchObject({ listed: 1, events: {} });
    expect(await sums()).toMatchObject({ 'paid_search/spring/media': 15_000 });
  });

  it('names rows that say the same spend twice, have no channel, or no amount that can be read', async () => {
    bench.file(
      'spend.csv',
      csv(
        HEADER,
        ROWS[0]!,
        ROWS[0]!.replace('100.00', '7'),
        '2024-01-10,x,,,,,5,,',
        '2024-01-10,,ads,,,,abc,,',
        '2024-01-10,,ads,,,,1,many,',
      ),
    );
    const report = await bench.import(SPEND);
    expect(report).toMatchObject({ rows: 5, rejected: 4 });
    const rejects = readFileSync(report.rejectsFile ?? '', 'utf8');
    for (const code of ['IMPORT.SPEND_TWICE', 'SPEND.CHANNEL_MISSING', 'MONEY.BAD_AMOUNT', 'IMPORT.BAD_COUNT'])
      expect(rejects).toContain(code);
    expect(await sums()).toEqual({ 'paid_search/spring/media': 10_000 });
  });

  it('can be history: each spend is known from its day on', async () => {
    await bench.import(SPEND, { asHistory: true });
    const known = await bench.store.positionAt(Date.parse('2024-01-10T12:00:00Z'));
    const then = await knownSpend(bench.store, 'EUR').upTo(known);
    expect(then.map(({ amount }) => amount)).toEqual([10_000]);
  });

  describeWithDataset('dbt_attribution_playbook', 'On the published ad spend', (folder) => {
    it('reads it whole', async () => {
      const text = readFileSync(join(folder, 'ad_spend.csv'), 'utf8');
      bench.file('ad_spend.csv', text);
      const rows = text.trim().split(/\r?\n/).slice(1);
      expect(await bench.import(dbtAdSpend, { paths: [join(bench.folder, 'ad_spend.csv')] })).toMatchObject({
        rows: rows.length,
        rejected: 0,
      });
      const total = rows.reduce((sum, row) => sum + Math.round(100 * Number(row.split(',')[4])), 0);
      expect(Object.values(await sums()).reduce((a, b) => a + b, 0)).toBe(total);
    });
  });
});
