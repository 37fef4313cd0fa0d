import type { Value } from './mapping.js';
import { columnOf, rowValues, type Lookups } from './row-values.js';

const columns = new Map([
  ['id', 0],
  ['product', 1],
  ['agent', 2],
  ['city', 3],
]);
const lookups: Lookups = new Map([
  [
    'teams',
    new Map([
      [
        'Ada',
        new Map([
          ['manager', 'Grace'],
          ['office', ''],
        ]),
      ],
    ]),
  ],
]);
const row = rowValues(columns, [' 7 ', 'GTXPro', 'Ada', 'Select'], lookups, new Set(['Select']));

describe('A value of a mapping, on one row, is', () => {
  it.each<[string, Value, string | null]>([
    ["a column's text without the blanks around it", 'id', '7'],
    ['no value where the cell holds a null marker', 'city', null],
    ['a constant', { constant: 'mql' }, 'mql'],
    ['translated where the table says so', { column: 'product', translate: { GTXPro: 'GTX Pro' } }, 'GTX Pro'],
    ['as it is where the table does not know it', { column: 'agent', translate: { GTXPro: 'GTX Pro' } }, 'Ada'],
    ['no value where the table says null', { column: 'product', translate: { GTXPro: null } }, null],
    ['not what every object has', { column: 'product', translate: { constructor: 'x' } }, 'GTXPro'],
    ["no value where the column's own markers say so", { column: 'id', nulls: ['7'] }, null],
    ['joined from a lookup file', { lookup: 'teams', by: 'agent', column: 'manager' }, 'Grace'],
    ['no value where the joined cell is empty', { lookup: 'teams', by: 'agent', column: 'office' }, null],
    ['no value where nothing is joined', { lookup: 'teams', by: 'id', column: 'manager' }, null],
    ['the first that is there', { first: ['city', 'agent', 'id'] }, 'Ada'],
  ])('%s', (_what, value, expected) => {
    expect(row.text(value)).toBe(expected);
  });

  it('refused, with its column, where a required join finds nothing', () => {
    expect(() => row.text({ lookup: 'teams', by: 'id', column: 'manager', required: true })).toThrow(
      /IMPORT\.NOT_IN_LOOKUP: "7" is not in the file "teams"/,
    );
    expect(columnOf({ lookup: 'teams', by: 'id', column: 'manager' })).toBe('id');
  });
});

describe('A condition of a mapping', () => {
  it.each([
    [[{ value: 'product', is: ['GTXPro'] }], true],
    [[{ value: 'product', is: ['MG'] }], false],
    [[{ value: 'product', not: ['GTXPro'] }], false],
    [[{ value: 'city', filled: false }], true],
    [
      [
        { value: 'agent', filled: true },
        { value: 'city', filled: true },
      ],
      false,
    ],
    [[{ value: 'city', is: [''] }], true],
  ])('%j holds: %s', (conditions, expected) => {
    expect(row.holds(conditions)).toBe(expected);
  });
});
