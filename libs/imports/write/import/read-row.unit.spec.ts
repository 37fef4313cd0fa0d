import { calendar } from '#kernel/calendar.js';
import { parseMapping } from '../../mapping/parse-mapping.js';
import { momentReader, dayReader } from '../../mapping/moments.js';
import { rowValues, type Lookups } from '../../mapping/row-values.js';
import { mavenCrm } from '../../presets/maven-crm.js';
import { olist } from '../../presets/olist.js';
import type { Mapping } from '../../mapping/mapping.js';
import { readRow, type RowReading } from './read-row.js';

const utc = calendar('UTC', '01-01');

function read(
  mapping: Mapping,
  file: number,
  cells: Readonly<Record<string, string>>,
  lookups: Lookups = new Map(),
): RowReading {
  const rules = {
    mapping,
    currency: 'EUR',
    reporting: 'EUR',
    moment: momentReader({
      organisation: utc,
      zone: mapping.zone === undefined ? null : calendar(mapping.zone, '01-01'),
      layout: mapping.dates,
    }),
    day: dayReader(mapping.dates),
    undated: mapping.undatedOn === undefined ? null : Date.parse(mapping.undatedOn),
  };
  const columns = new Map(Object.keys(cells).map((name, index) => [name, index]));
  const values = rowValues(columns, Object.values(cells), lookups, new Set(mapping.nulls));
  return readRow(mapping.files[file]!.records, values, { file: 'x.csv', row: 2, cells: Object.values(cells) }, rules);
}

describe('The preset olist', () => {
  it('makes a lead and an MQL of a row of the first file, at first contact', () => {
    const { steps, members } = read(olist, 0, {
      mql_id: 'dac3',
      first_contact_date: '2018-02-01',
      landing_page_id: '8874',
      origin: 'social',
    });
    expect(steps).toMatchObject([
      {
        kind: 'lead',
        lead: 'dac3',
        occurredAt: Date.UTC(2018, 1, 1),
        assumed: false,
        values: { channel: 'social', content: '8874', owner: null },
      },
      { kind: 'stage', lead: 'dac3', occurredAt: Date.UTC(2018, 1, 1), values: { stage: 'mql' } },
    ]);
    expect(members).toEqual([]);
  });

  it('keeps an empty origin apart from the origin "unknown"', () => {
    const channel = (origin: string): unknown => {
      const [lead] = read(olist, 0, {
        mql_id: 'a',
        first_contact_date: '2018-02-01',
        landing_page_id: '',
        origin,
      }).steps;
      return lead?.kind === 'lead' && lead.values.channel;
    };
    expect([channel(''), channel('unknown')]).toEqual([null, 'unknown']);
  });

  it('makes a won deal of a row of the second, opened at its close', () => {
    const { steps, members } = read(olist, 1, {
      mql_id: '5420',
      sdr_id: 'a838',
      sr_id: '4ef1',
      won_date: '2018-02-26 19:58:54',
      business_segment: 'pet',
      lead_type: 'online_medium',
      business_type: 'reseller',
    });
    const at = Date.UTC(2018, 1, 26, 19, 58, 54);
    expect(steps).toMatchObject([
      {
        kind: 'deal',
        deal: '5420',
        lead: '5420',
        occurredAt: at,
        openingAssumed: true,
        values: {
          kind: 'new',
          segment: 'pet',
          owner: '4ef1',
          dimensions: { sdr: 'a838', sr: '4ef1', businessType: 'reseller', leadType: 'online_medium' },
        },
      },
      { kind: 'close', deal: '5420', occurredAt: at, values: { outcome: 'won', value: null } },
    ]);
    expect(members).toEqual([{ handle: '4ef1', at, details: null }]);
  });
});

describe('The preset maven-crm', () => {
  const lookups: Lookups = new Map([
    ['accounts', new Map([['Cancity', new Map([['sector', 'retail']])]])],
    ['products', new Map([['GTX Pro', new Map([['series', 'GTX']])]])],
    [
      'teams',
      new Map([
        [
          'Moses Frase',
          new Map([
            ['manager', 'Dustin Brinkmann'],
            ['regional_office', 'Central'],
          ]),
        ],
      ]),
    ],
  ]);
  const row = {
    opportunity_id: 'O1',
    sales_agent: 'Moses Frase',
    product: 'GTXPro',
    account: 'Cancity',
    deal_stage: 'Won',
    engage_date: '2016-10-20',
    close_date: '2017-03-01',
    close_value: '4514',
  };

  it('makes a lead of the account, a deal of the opportunity, and a payment of what was won', () => {
    const { steps } = read(mavenCrm, 1, row, lookups);
    expect(steps).toMatchObject([
      {
        kind: 'lead',
        lead: 'Cancity',
        values: { company: 'Cancity', dimensions: { account: 'Cancity', sector: 'retail' } },
      },
      {
        kind: 'deal',
        deal: 'O1',
        lead: 'Cancity',
        values: {
          product: 'GTX Pro',
          stage: null,
          value: null,
          owner: 'Moses Frase',
          dimensions: { series: 'GTX', manager: 'Dustin Brinkmann', office: 'Central' },
        },
      },
      {
        kind: 'close',
        occurredAt: Date.UTC(2017, 2, 1),
        values: { outcome: 'won', value: { minor: 451_400, currency: 'EUR' }, reason: null },
      },
      { kind: 'payment', payment: 'O1', values: { amount: { minor: 451_400, currency: 'EUR' }, cost: null } },
    ]);
  });

  it('gives a lost one the value 0, a reason and no payment', () => {
    const { steps } = read(mavenCrm, 1, { ...row, deal_stage: 'Lost', close_value: '0' }, lookups);
    expect(steps.map(({ kind }) => kind)).toEqual(['lead', 'deal', 'close']);
    expect(steps[2]).toMatchObject({
      values: { outcome: 'lost', value: { minor: 0 }, reason: 'other', note: 'not stated in the file' },
    });
  });

  it('assumes the date of a Prospecting row without one, and makes no lead where there is no account', () => {
    const { steps } = read(
      mavenCrm,
      1,
      { ...row, account: '', deal_stage: 'Prospecting', engage_date: '', close_date: '', close_value: '' },
      lookups,
    );
    expect(steps).toMatchObject([
      { kind: 'deal', lead: null, assumed: true, occurredAt: Date.UTC(2017, 11, 31), values: { stage: 'Prospecting' } },
    ]);
  });

  it('names the column of a product that the product file does not know', () => {
    expect(() => read(mavenCrm, 1, { ...row, product: 'GTX Ultra' }, lookups)).toThrow(
      /IMPORT\.NOT_IN_LOOKUP: "GTX Ultra"/,
    );
  });
});

describe('A mapping of a snapshot without any dates (X Education)', () => {
  const mapping = parseMapping({
    format: 1,
    name: 'x-education',
    system: 'x-education',
    undatedOn: '2018-01-01',
    nulls: ['Select'],
    files: [
      {
        file: 'Leads.csv',
        records: [
          {
            kind: 'lead',
            id: 'Prospect ID',
            fields: { channel: { column: 'Lead Source', translate: { google: 'Google' } }, 'dimension.city': 'City' },
          },
          {
            kind: 'close',
            deal: 'Prospect ID',
            lead: 'Prospect ID',
            when: [{ value: 'Converted', is: ['1'] }],
            outcome: { constant: 'won' },
            opens: {},
          },
        ],
      },
    ],
  });

  it('assumes one date for everything and joins spellings', () => {
    const { steps } = read(mapping, 0, {
      'Prospect ID': 'p1',
      'Lead Source': 'google',
      City: 'Select',
      Converted: '1',
    });
    expect(steps).toMatchObject([
      { kind: 'lead', assumed: true, values: { channel: 'Google', dimensions: {} } },
      { kind: 'deal', assumed: true, openingAssumed: true },
      { kind: 'close', assumed: true, values: { outcome: 'won' } },
    ]);
  });
});

describe('A mapping of contacts with one date a stage (HubSpot)', () => {
  const mapping = parseMapping({
    format: 1,
    name: 'hubspot',
    system: 'hubspot',
    zone: 'America/New_York',
    files: [
      {
        file: 'contacts.csv',
        records: [
          {
            kind: 'lead',
            id: 'Record ID',
            at: 'Create Date',
            fields: { 'person.email': 'Email', owner: 'Contact owner', source: 'Original Source' },
          },
          {
            kind: 'stage',
            lead: 'Record ID',
            stage: { constant: 'mql' },
            at: 'Became a Marketing Qualified Lead Date',
          },
          { kind: 'stage', lead: 'Record ID', stage: { constant: 'sql' }, at: 'Became a Sales Qualified Lead Date' },
        ],
      },
    ],
  });
  const row = {
    'Record ID': '51',
    'Create Date': '2023-01-05 09:00',
    Email: 'a@example.com',
    'Contact owner': 'Ada',
    'Original Source': 'Organic Search',
    'Became a Marketing Qualified Lead Date': '2023-01-06 10:00',
    'Became a Sales Qualified Lead Date': '',
  };

  it('makes a step of each date that is there and none of an empty one', () => {
    const { steps, members } = read(mapping, 0, row);
    expect(steps.map((step) => [step.kind, new Date(step.occurredAt).toISOString()])).toEqual([
      ['lead', '2023-01-05T14:00:00.000Z'],
      ['stage', '2023-01-06T15:00:00.000Z'],
    ]);
    expect(members).toEqual([{ handle: 'Ada', at: Date.UTC(2023, 0, 5, 14), details: null }]);
  });
});

describe('A mapping of leads with one status column (Salesforce)', () => {
  const mapping = parseMapping({
    format: 1,
    name: 'salesforce',
    system: 'salesforce',
    dates: 'MM/DD/YYYY hh:mm A',
    zone: 'America/New_York',
    files: [
      {
        file: 'report*.csv',
        records: [
          { kind: 'lead', id: 'Lead ID', at: 'Create Date', fields: { company: 'Company / Account' } },
          {
            kind: 'stage',
            lead: 'Lead ID',
            at: 'Last Modified',
            when: [{ value: 'Lead Status', not: ['Open - Not Contacted'] }],
            stage: {
              column: 'Lead Status',
              translate: { 'Working - Contacted': 'sal', Qualified: 'sql', Unqualified: 'rejected' },
            },
            fields: { reason: { column: 'Reason', translate: { 'No Budget': 'no-budget' } } },
          },
        ],
      },
    ],
  });
  const row = {
    'Lead ID': '00Q1',
    'Create Date': '1/5/2023',
    'Last Modified': '1/9/2023 2:30 PM',
    'Lead Status': 'Unqualified',
    Reason: 'No Budget',
    'Company / Account': 'Bricks',
  };

  it('tells the present stage, as a stage that may only go on', () => {
    const { steps } = read(mapping, 0, row);
    expect(steps[1]).toMatchObject({
      kind: 'stage',
      present: true,
      occurredAt: Date.UTC(2023, 0, 9, 19, 30),
      values: { stage: 'rejected', reason: 'no-budget' },
    });
  });

  it('names the column of a status that it does not translate, and of a reason that is no code', () => {
    expect(() => read(mapping, 0, { ...row, 'Lead Status': 'Nurturing' })).toThrow(
      /IMPORT\.UNKNOWN_STAGE: "Nurturing" is not one of mql/,
    );
    expect(() => read(mapping, 0, { ...row, Reason: 'Too Far Away' })).toThrow(/IMPORT\.BAD_REASON/);
  });
});

describe('A cell that cannot be used', () => {
  const lead = (fields: object, at: string | undefined = 'at') =>
    parseMapping({
      format: 1,
      name: 'm',
      system: 'm',
      undatedOn: '2020-01-01',
      files: [{ file: 'f.csv', records: [{ kind: 'lead', id: 'id', at, fields }] }],
    });
  const row = { id: '1', at: '2020-01-01', x: 'x' };

  it.each([
    ['a date that is none', lead({}), { ...row, at: '01/02/2020' }, /IMPORT\.BAD_DATE: "01\/02\/2020" is no date/],
    [
      'a time without a zone',
      lead({}),
      { ...row, at: '2020-01-01 10:00' },
      /IMPORT\.BAD_DATE: .*needs the mapping's "zone"/,
    ],
    ['an id that is missing', lead({}), { ...row, id: ' ' }, /IMPORT\.ID_MISSING/],
    [
      'a text that is too long',
      lead({ channel: 'x' }),
      { ...row, x: 'x'.repeat(201) },
      /IMPORT\.TEXT_TOO_LONG: 201 characters/,
    ],
    ['a NUL character', lead({ channel: 'x' }), { ...row, x: 'a\0b' }, /IMPORT\.BAD_TEXT/],
    ['an e-mail that is none', lead({ 'person.email': 'x' }), row, /IMPORT\.BAD_EMAIL/],
  ])('%s is named', (_what, mapping, cells, expected) => {
    expect(() => read(mapping, 0, cells)).toThrow(expected);
  });

  it("a rate is the row's own, else its currency's, and a row in the usual currency reads as it always did", () => {
    const mapping = parseMapping({
      format: 1,
      name: 'm',
      system: 'm',
      decimal: ',',
      rates: { USD: { value: '0.9' } },
      files: [
        {
          file: 'f.csv',
          records: [
            {
              kind: 'payment',
              deal: 'id',
              at: 'at',
              fields: { amount: 'x', currency: 'c', rate: 'r', rateSource: 's' },
            },
          ],
        },
      ],
    });
    const values = (c: string, r = ''): unknown =>
      read(mapping, 0, { ...row, x: '5', c, r, s: 'bank' }).steps[0]?.values;
    expect(values('USD')).toMatchObject({ rate: { to: 'EUR', value: '0.9', source: null, on: null } });
    expect(values('usd', '0,95')).toMatchObject({ rate: { to: 'EUR', value: '0.95', source: 'bank', on: null } });
    expect(values('CHF')).not.toHaveProperty('rate');
    // Without the member: the digest of what was imported before stays.
    expect(values('', '0,95')).not.toHaveProperty('rate');
    expect(() => values('USD', '-1')).toThrow(/MONEY\.BAD_RATE/);
  });

  it('a payment below 0 is refused, one of 0 is none', () => {
    const mapping = parseMapping({
      format: 1,
      name: 'm',
      system: 'm',
      files: [{ file: 'f.csv', records: [{ kind: 'payment', deal: 'id', at: 'at', fields: { amount: 'x' } }] }],
    });
    expect(() => read(mapping, 0, { ...row, x: '-5' })).toThrow(/IMPORT\.NEGATIVE_PAYMENT/);
    expect(read(mapping, 0, { ...row, x: '0.00' }).steps).toEqual([]);
  });
});
