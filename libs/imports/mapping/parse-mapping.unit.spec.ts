import type { DomainError } from '#kernel/errors.js';
import { PRESETS } from '../presets/presets.js';
import { parseMapping, parseMappingText } from './parse-mapping.js';

const good = {
  format: 1,
  name: 'crm',
  system: 'crm',
  undatedOn: '2024-12-31',
  lookups: { teams: { file: 'teams.csv', key: 'agent' } },
  files: [
    {
      file: 'leads*.csv',
      records: [
        {
          kind: 'lead',
          id: 'Id',
          at: 'Created',
          fields: { channel: { column: 'Source', translate: { Google: 'paid_search' } } },
        },
      ],
    },
  ],
};

const faultsOf = (mapping: unknown): string[] => {
  try {
    parseMapping(mapping);
    return [];
  } catch (error) {
    return (error as DomainError).errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
  }
};
const withRecord = (record: object): unknown => ({ ...good, files: [{ file: 'a.csv', records: [record] }] });

describe('A mapping', () => {
  it('is taken as it is when nothing is wrong with it', () => {
    expect(parseMapping(good)).toBe(good);
  });

  it.each([...PRESETS.keys()])('of the preset %s is one', (name) => {
    expect(faultsOf(JSON.parse(JSON.stringify(PRESETS.get(name))))).toEqual([]);
  });

  it('that is no JSON says so', () => {
    expect(() => parseMappingText('{"format": 1,')).toThrow(/IMPORT\.BAD_MAPPING: the mapping is not JSON/);
  });

  it.each<[string, unknown, RegExp]>([
    ['is no object', [], /^: must be an object/],
    ['has another format', { ...good, format: 2 }, /^\/format: must be 1/],
    ['has no name', { ...good, name: undefined }, /^\/name: is missing/],
    ['has a system with blanks', { ...good, system: 'my crm' }, /^\/system: must be lower-case/],
    ['has an unknown option', { ...good, zones: 'UTC' }, /^\/zones: is unknown; known are .*zone/],
    ['has an unknown zone', { ...good, zone: 'Mars/Base' }, /^\/zone: "Mars\/Base" is not an IANA time zone/],
    ['has an unknown currency', { ...good, currency: 'EURO' }, /^\/currency: "EURO" is not an ISO 4217 currency/],
    [
      'has an unknown encoding',
      { ...good, files: [{ ...good.files[0], encoding: 'utf-7' }] },
      /^\/files\/0\/encoding: /,
    ],
    [
      'has a delimiter of two characters',
      { ...good, files: [{ ...good.files[0], delimiter: '||' }] },
      /^\/files\/0\/delimiter: must be one character/,
    ],
    ['has an impossible undatedOn', { ...good, undatedOn: '2024-02-30' }, /^\/undatedOn: must be a day/],
    ['has a layout of dates without a year', { ...good, dates: 'DD.MM.' }, /^\/dates: "DD\.MM\." is no date layout/],
    [
      'has a rate that is none',
      { ...good, rates: { USD: { value: '0' } } },
      /^\/rates\/USD\/value: must be a decimal above 0/,
    ],
    ['has a rate of no currency', { ...good, rates: { XYZ: { value: '1' } } }, /^\/rates\/XYZ: /],
    ['has no files', { ...good, files: [] }, /^\/files: must be a list/],
    [
      'has a record of an unknown kind',
      withRecord({ kind: 'person' }),
      /^\/files\/0\/records\/0\/kind: must be one of lead, stage/,
    ],
    ['has a lead without id', withRecord({ kind: 'lead' }), /^\/files\/0\/records\/0\/id: is missing/],
    [
      'has an unknown field',
      withRecord({ kind: 'lead', id: 'Id', fields: { colour: 'Colour' } }),
      /\/fields\/colour: is no field of a lead; known are .*dimension\.<name>/,
    ],
    [
      'has a dimension on a payment',
      withRecord({ kind: 'payment', deal: 'Id', fields: { 'dimension.x': 'X' } }),
      /is no field of a payment/,
    ],
    [
      'asks an unknown lookup',
      withRecord({ kind: 'lead', id: { lookup: 'accounts', by: 'Id', column: 'x' } }),
      /no lookup file is called "accounts"/,
    ],
    [
      'translates to numbers',
      withRecord({ kind: 'lead', id: { column: 'Id', translate: { a: 1 } } }),
      /must translate texts to texts or null/,
    ],
    [
      'has a condition on nothing',
      withRecord({ kind: 'lead', id: 'Id', when: [{ is: ['a'] }] }),
      /\/when\/0\/value: is missing/,
    ],
    [
      'dates nothing and assumes nothing',
      { ...good, undatedOn: undefined, files: [{ file: 'a.csv', records: [{ kind: 'lead', id: 'Id' }] }] },
      /\/records\/0\/at: is missing/,
    ],
  ])('that %s is refused, with a pointer', (_what, mapping, expected) => {
    expect(faultsOf(mapping).join('\n')).toMatch(expected);
  });

  it('tells all faults at once', () => {
    expect(faultsOf({ ...good, format: 2, system: 'A B', zone: 'x' })).toHaveLength(3);
  });
});
