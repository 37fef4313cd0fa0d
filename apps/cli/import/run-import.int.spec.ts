import { readFileSync } from 'node:fs';
import type { LeadDetailsChangedData } from '#leads/events/lead-events.js';
import type { PaymentReceivedData } from '#deals/events/deal-events.js';
import { findSourceFiles } from '#imports/write/import/source-files.js';
import { CRM, csv, DEALS_HEADER, LEADS_HEADER, openWorkbench, type Workbench } from '../testing/import-workbench.js';

const ADA =
  'L1,2024-01-10,2024-01-12,2024-01-20 09:30:00,ada@example.com,Ada,Analytical Engines,Paid Search,sofia.rossi,north';
const BOB = 'L2,2024-02-01,,,bob@example.com,Bob,Bricks,email,,south';
const WON = 'D1,L1,2024-01-25,Proposal,platform,1000.00,won,2024-03-01,2024-03-15,990.50,sofia.rossi';
const OPEN = 'D2,L2,2024-02-10,Discovery,team,500,,,,,marek.novak';

describe('An import', () => {
  let bench: Workbench;
  beforeEach(async () => {
    bench = await openWorkbench();
    bench.file('leads.csv', csv(LEADS_HEADER, ADA, BOB));
    bench.file('deals.csv', csv(DEALS_HEADER, WON, OPEN));
  });
  afterEach(() => bench.close());

  const ofType = async (type: string) => (await bench.events()).filter((event) => event.type === type);

  it('writes leads, stages, deals, closes, payments and members, each at its own time', async () => {
    const report = await bench.import(CRM);
    expect(report).toMatchObject({ rows: 4, rejected: 0, unchanged: 0, listed: 0, rejectsFile: null });
    expect(await bench.counts()).toEqual({
      'member.joined': 2,
      'identity.claimed': 2,
      'lead.created': 2,
      'lead.mql-qualified': 1,
      'lead.sql-qualified': 1,
      'deal.opened': 2,
      'deal.won': 1,
      'deal.payment-received': 1,
    });
    const [sql] = await ofType('lead.sql-qualified');
    // 09:30 in Berlin, in winter.
    expect(new Date(sql!.occurredAt).toISOString()).toBe('2024-01-20T08:30:00.000Z');
    const [paid] = await ofType('deal.payment-received');
    expect((paid!.data() as PaymentReceivedData).amount).toEqual({ minor: 99_050, currency: 'EUR' });
    expect(paid!.meta).toEqual({ source: 'crm', step: 'payment', n: 0 });
    const created = (await ofType('lead.created')).find((event) => event.leadId === sql!.leadId);
    expect(created!.data()).toMatchObject({
      channel: 'paid_search',
      owner: 'sofia.rossi',
      ownerTeam: 'sales',
      dimensions: { region: 'north' },
    });
    expect(created!.correlationId).toBe(report.importId);
  });

  it('adds nothing the second time', async () => {
    await bench.import(CRM);
    const before = (await bench.events()).length;
    expect(await bench.import(CRM)).toMatchObject({ rows: 4, unchanged: 4, rejected: 0, listed: 0, events: {} });
    expect(await bench.events()).toHaveLength(before);
  });

  it('adds just the difference of a changed row, and what others have changed since stays', async () => {
    await bench.import(CRM);
    bench.file(
      'leads.csv',
      csv(LEADS_HEADER, ADA.replace('Paid Search', 'referral'), BOB.replace('2024-02-01,,', '2024-02-01,2024-02-20,')),
    );
    expect(await bench.import(CRM)).toMatchObject({
      unchanged: 2,
      events: { 'lead.details-changed': 1, 'lead.mql-qualified': 1 },
    });
    const [changed] = await ofType('lead.details-changed');
    expect(changed!.data() as LeadDetailsChangedData).toEqual({ channel: 'referral' });
  });

  it('follows a value from A to B and back to A', async () => {
    const withChannel = (channel: string) =>
      bench.file('leads.csv', csv(LEADS_HEADER, ADA.replace('Paid Search', channel), BOB));
    await bench.import(CRM);
    withChannel('referral');
    await bench.import(CRM);
    withChannel('Paid Search');
    expect(await bench.import(CRM)).toMatchObject({ events: { 'lead.details-changed': 1 } });
    expect(
      (await ofType('lead.details-changed')).map((event) => (event.data() as LeadDetailsChangedData).channel),
    ).toEqual(['referral', 'paid_search']);
    expect(await bench.import(CRM)).toMatchObject({ events: {} });
  });

  it('follows an owner from A to B and back to A', async () => {
    await bench.import(CRM);
    for (const owner of ['marek.novak', 'sofia.rossi']) {
      bench.file('leads.csv', csv(LEADS_HEADER, ADA.replace('sofia.rossi', owner), BOB));
      expect(await bench.import(CRM)).toMatchObject({ events: { 'lead.assigned': 1 } });
    }
  });

  it('annuls a payment whose amount has changed and records the new one, there and back', async () => {
    await bench.import(CRM);
    for (const amount of ['1200.00', '990.50']) {
      bench.file('deals.csv', csv(DEALS_HEADER, WON.replace('990.50', amount), OPEN));
      expect(await bench.import(CRM)).toMatchObject({
        events: { 'deal.payment-annulled': 1, 'deal.payment-received': 1 },
      });
    }
    const ids = (await ofType('deal.payment-received')).map((event) => (event.data() as PaymentReceivedData).paymentId);
    expect(new Set(ids).size).toBe(3);
  });

  it('moves an open deal on: stage, value, owner, and its close when it comes', async () => {
    await bench.import(CRM);
    bench.file('deals.csv', csv(DEALS_HEADER, WON, 'D2,L2,2024-02-10,Proposal,team,650,,,,,sofia.rossi'));
    expect(await bench.import(CRM)).toMatchObject({
      events: { 'deal.assigned': 1, 'deal.advanced': 1, 'deal.amended': 1 },
    });
    bench.file('deals.csv', csv(DEALS_HEADER, WON, 'D2,L2,2024-02-10,Proposal,team,650,lost,2024-04-01,,,sofia.rossi'));
    expect(await bench.import(CRM)).toMatchObject({ events: { 'deal.lost': 1 } });
    expect(await bench.import(CRM)).toMatchObject({ events: {}, unchanged: 4 });
  });

  it('takes a close back that was corrected in the source', async () => {
    await bench.import(CRM);
    bench.file('deals.csv', csv(DEALS_HEADER, WON.replace('2024-03-01', '2024-03-02'), OPEN));
    expect(await bench.import(CRM)).toMatchObject({ events: { 'deal.reopened': 1, 'deal.won': 1 } });
  });

  it('lists what nobody may guess at: a changed stage, a changed opening, a vanished row', async () => {
    await bench.import(CRM);
    bench.file('leads.csv', csv(LEADS_HEADER, ADA.replace('2024-01-12', '2024-01-13')));
    bench.file('deals.csv', csv(DEALS_HEADER, WON.replace('2024-01-25', '2024-01-26'), OPEN));
    const report = await bench.import(CRM);
    expect(report).toMatchObject({ events: {}, listed: 3, rejected: 0 });
    const listed = readFileSync(report.rejectsFile!, 'utf8');
    expect(listed).toMatch(/leads\.csv,2,,IMPORT\.NOT_APPLIED,the mql differs/);
    expect(listed).toMatch(/deals\.csv,2,,IMPORT\.NOT_APPLIED,.*date of opening/);
    expect(listed).toMatch(/IMPORT\.VANISHED,lead [0-9a-f-]{36} was imported/);
  });

  it('rejects rows with their number, column, reason and cells, and imports the others', async () => {
    bench.file(
      'leads.csv',
      csv(
        LEADS_HEADER,
        ADA,
        'L3,2024-02-30,,,c@example.com,C,,email,,',
        'L4,2024-03-01,,,not-an-address,D,,email,,',
        'L5,2024-03-01',
        ',2024-03-01,,,,,,email,,',
      ),
    );
    bench.file(
      'deals.csv',
      csv(DEALS_HEADER, WON, 'D9,L9,2024-01-01,Open,x,12,,,,,', 'D8,L1,2024-01-01,Open,x,12.345,,,,,'),
    );
    const report = await bench.import(CRM);
    expect(report).toMatchObject({ rows: 8, rejected: 6 });
    const lines = readFileSync(report.rejectsFile!, 'utf8').trim().split('\n');
    expect(lines[0]).toMatch(/^file,row,column,code,reason,id,created,mql,sql,email,/);
    expect(lines[1]).toMatch(
      /^leads\.csv,3,created,IMPORT\.BAD_DATE,"""2024-02-30"" is no date",L3,2024-02-30,,,c@example\.com,C,,email/,
    );
    expect(lines[2]).toMatch(/^leads\.csv,4,email,IMPORT\.BAD_EMAIL,this is no e-mail address,L4,/);
    expect(lines[3]).toMatch(/^leads\.csv,5,,IMPORT\.TOO_FEW_CELLS,"the row has 2 cells, the header 10",L5,2024-03-01/);
    expect(lines[4]).toMatch(/^leads\.csv,6,id,IMPORT\.ID_MISSING,/);
    expect(lines[5]).toMatch(/^deals\.csv,3,,IMPORT\.LEAD_UNKNOWN,/);
    expect(lines[6]).toMatch(/^deals\.csv,4,value,MONEY\.TOO_MANY_DIGITS,/);
    expect(await bench.counts()).toMatchObject({ 'lead.created': 1, 'deal.opened': 1 });
  });

  it('makes no file of rejects where there are none, and one for the owner only where there are', async () => {
    const { rejectsFile } = await bench.import(CRM, { rejects: bench.file('taken.csv', 'before') });
    expect(rejectsFile).toBeNull();
    expect(readFileSync(`${bench.folder}/taken.csv`, 'utf8')).toBe('before');
  });

  it('puts it beside the files, where the next import of the folder does not take it for one of them', async () => {
    bench.file('leads.csv', csv(LEADS_HEADER, ADA.replace('2024-01-10', 'someday'), BOB));
    const { rejectsFile, rejected } = await bench.import(CRM, { rejects: undefined });
    expect(rejected).toBeGreaterThan(0);
    expect(rejectsFile).toMatch(new RegExp(`^${bench.folder}/rejects-[0-9a-f-]{36}\\.csv$`));
    const everything = { ...CRM, files: CRM.files.map((file) => ({ ...file, file: '*.csv' })).slice(0, 1) };
    const found = findSourceFiles(everything, [bench.folder]).files.map(({ name }) => name);
    expect(found).toEqual(['deals.csv', 'leads.csv']);
  });

  it('in a dry run says what it would do and writes nothing', async () => {
    const head = await bench.store.head();
    const report = await bench.import(CRM, { dryRun: true });
    expect(report).toMatchObject({
      dryRun: true,
      rows: 4,
      rejected: 0,
      events: { 'lead.created': 2, 'deal.won': 1, 'member.joined': 2 },
    });
    expect(await bench.store.head()).toBe(head);
    await bench.import(CRM);
    expect(await bench.import(CRM, { dryRun: true })).toMatchObject({ events: {}, unchanged: 4 });
  });

  it.each([
    [
      'broken quoting',
      'deals.csv',
      `${csv(DEALS_HEADER, WON)}D7,"L1,2024-01-01\n`,
      /IMPORT\.BROKEN_CSV: deals\.csv, row 3: a quoted cell begins here/,
    ],
    [
      'another encoding',
      'deals.csv',
      Buffer.from(csv(DEALS_HEADER, WON.replace('sofia', 'ren\xe9')), 'latin1'),
      /IMPORT\.BAD_ENCODING: deals\.csv is not utf-8/,
    ],
    [
      'a missing column',
      'deals.csv',
      csv(DEALS_HEADER.replace('opened', 'begun'), WON),
      /IMPORT\.COLUMN_MISSING: deals\.csv has no column "opened"/,
    ],
    ['a column twice', 'deals.csv', csv(DEALS_HEADER.replace('stage', 'deal'), WON), /IMPORT\.COLUMN_/],
    ['an empty file', 'deals.csv', '', /IMPORT\.EMPTY_FILE/],
  ])('refuses %s before anything is written', async (_what, name, content, expected) => {
    bench.file(name, content);
    await expect(bench.import(CRM)).rejects.toThrow(expected);
    expect(await bench.counts()).toEqual({});
  });

  it('refuses a file that the mapping does not know', async () => {
    await expect(bench.import(CRM, { paths: [bench.file('notes.csv', 'a,b\n')] })).rejects.toThrow(
      /IMPORT\.UNKNOWN_FILE: notes\.csv fits none/,
    );
  });

  it('takes a row whose e-mail belongs to another lead as an alias of that lead', async () => {
    const twin = 'L7,2024-02-05,2024-02-08,,ADA@example.com,Ada,Analytical Engines,referral,,';
    bench.file(
      'leads.csv',
      csv(LEADS_HEADER, ADA.replace('2024-01-12', '').replace('2024-01-20 09:30:00', ''), BOB, twin),
    );
    bench.file('deals.csv', csv(DEALS_HEADER, 'D3,L7,2024-02-25,Proposal,platform,100,,,,,'));
    const report = await bench.import(CRM);
    expect(report).toMatchObject({
      rejected: 0,
      events: {
        'lead.created': 2,
        'lead.touched': 1,
        'lead.details-changed': 1,
        'lead.mql-qualified': 1,
        'deal.opened': 1,
      },
    });
    const first = (await ofType('lead.created')).find((event) => event.occurredAt === Date.UTC(2024, 0, 10));
    const [deal] = await ofType('deal.opened');
    const [mql] = await ofType('lead.mql-qualified');
    expect([deal!.leadId, mql!.leadId]).toEqual([first!.leadId, first!.leadId]);
    expect(await bench.import(CRM)).toMatchObject({ events: {}, unchanged: 4 });
  });

  it('records touches once each, and restates one that was changed', async () => {
    const touches = (outcome: string) =>
      bench.file(
        'touches.csv',
        csv(
          'touch,lead,at,kind,outcome,by',
          `T1,L1,2024-01-11T10:00:00Z,call,${outcome},leo.brandt`,
          'T2,L2,2024-02-03,email,attempted,leo.brandt',
        ),
      );
    touches('attempted');
    expect(await bench.import(CRM)).toMatchObject({ events: { 'lead.touched': 2, 'member.joined': 3 } });
    touches('connected');
    expect(await bench.import(CRM)).toMatchObject({ events: { 'lead.touch-annulled': 1, 'lead.touched': 1 } });
    const [touched] = await ofType('lead.touched');
    expect(touched!.data()).toMatchObject({ member: 'leo.brandt', team: 'sales', direction: 'outbound' });
  });

  it('ends in the same state whatever the order of the rows', async () => {
    const other = await openWorkbench();
    try {
      const leads = Array.from(
        { length: 40 },
        (_, i) =>
          `L${i},2024-01-${10 + (i % 15)},2024-02-${10 + (i % 9)},${i % 3 === 0 ? '2024-03-05' : ''},p${i}@example.com,P,,email,sofia.rossi,`,
      );
      const deals = Array.from(
        { length: 40 },
        (_, i) =>
          `D${i},L${i % 20},2024-03-${10 + (i % 9)},Open,x,${i + 1},${i % 2 ? 'won' : ''},${i % 2 ? '2024-04-02' : ''},${i % 4 === 1 ? '2024-04-09' : ''},${i + 1},`,
      );
      for (const [at, order] of [
        [bench, (rows: string[]) => rows],
        [other, (rows: string[]) => rows.toReversed()],
      ] as const) {
        at.file('leads.csv', csv(LEADS_HEADER, ...order(leads)));
        at.file('deals.csv', csv(DEALS_HEADER, ...order(deals)));
        expect(await at.import(CRM)).toMatchObject({ rejected: 0 });
      }
      const told = async (at: Workbench): Promise<string[]> =>
        (await at.events())
          .filter(({ type }) => type !== 'identity.claimed')
          .map((event) => JSON.stringify([event.type, event.occurredAt, event.pass, event.data()]))
          .sort();
      const withoutIds = (lines: string[]): string[] =>
        lines.map((line) => line.replace(/"paymentId":"[^"]+"/, '')).sort();
      expect(withoutIds(await told(other))).toEqual(withoutIds(await told(bench)));
    } finally {
      await other.close();
    }
  });

  it('as history records each event when it was known, in order, into an empty ledger only', async () => {
    // Won before the lead was created: known only when the lead was.
    bench.file('deals.csv', csv(DEALS_HEADER, WON, OPEN, 'D4,L2,2024-01-05,Open,x,7,won,2024-01-06,2024-01-07,7,'));
    expect(await bench.import(CRM, { asHistory: true })).toMatchObject({
      rejected: 0,
      events: { 'lead.created': 2, 'deal.won': 2, 'deal.payment-received': 2 },
    });
    const events = await bench.events();
    const recorded = events.map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual([...recorded].sort((a, b) => a - b));
    const early = events.filter((event) => event.type.startsWith('deal.') && event.occurredAt < Date.UTC(2024, 0, 10));
    expect(early.map(({ type, recordedAt }) => [type, new Date(recordedAt).toISOString().slice(0, 10)])).toEqual([
      ['deal.opened', '2024-02-01'],
      ['deal.won', '2024-02-01'],
      ['deal.payment-received', '2024-02-01'],
    ]);
    const mql = events.find(({ type }) => type === 'lead.mql-qualified');
    expect(mql!.recordedAt).toBe(mql!.occurredAt);
    await expect(bench.import(CRM, { asHistory: true })).rejects.toThrow(/IMPORT\.LEDGER_NOT_EMPTY/);
    expect(await bench.import(CRM)).toMatchObject({ events: {} });
  });

  it('is one batch in the ledger, with its files and what it did', async () => {
    const { importId } = await bench.import(CRM);
    const [started, finished] = await bench.store.readStream(`import-${importId}`);
    expect(started!.data()).toMatchObject({
      mapping: 'crm',
      system: 'crm',
      asHistory: false,
      files: [
        { name: 'leads.csv', rows: 2 },
        { name: 'deals.csv', rows: 2 },
      ],
    });
    expect(finished!.data()).toMatchObject({ rows: 4, rejected: 0, events: { 'lead.created': 2 } });
  });
});
