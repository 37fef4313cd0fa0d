import { table } from './table.js';
import { countText, valueText } from './values.js';

const columns = [
  { name: 'channel', align: 'left' },
  { name: 'won', align: 'right' },
] as const;

describe('A table', () => {
  it('is plain columns where it goes into a file or a pipe, numbers to the right', () => {
    expect(
      table(
        columns,
        [
          ['email', '15'],
          ['paid_search', '195'],
        ],
        ['total', '210'],
        false,
      ),
    ).toBe(['channel      won', 'email         15', 'paid_search  195', 'total        210'].join('\n'));
  });

  it('has lines in a terminal', () => {
    expect(table(columns, [['email', '15']], null, true)).toMatch(/┌.*┬.*┐[^]*email[^]*└/);
  });
});

describe('A value for people', () => {
  it.each([
    [8000, 'count', '8,000'],
    ['1250.00', 'money', '1,250.00 EUR'],
    ['-1234567.5', 'money', '-1,234,567.5 EUR'],
    ['1250', 'money', '1,250 EUR'],
    [{ value: 0.10525, numerator: 842, denominator: 8000 }, 'ratio', '10.53 %'],
    [{ value: null, numerator: 0, denominator: 0 }, 'ratio', '–'],
    [
      { unit: 'day', count: 842, mean: 48.44061757719715, p50: 14, p90: 162, p95: 210 },
      'day',
      '48.44 days (median 14)',
    ],
    [{ unit: 'second', count: 2, mean: 129_600, p50: 86_400, p90: 1, p95: 1 }, 'second', '1.50 days (median 1.0)'],
    [{ unit: 'day', count: 0, mean: null, p50: null, p90: null, p95: null }, 'day', '–'],
    [null, 'money', '–'],
  ])('%j (%s) is %s', (value, unit, expected) => {
    expect(valueText(value, unit, 'EUR')).toBe(expected);
  });
});

describe('A count', () => {
  it('is one thing or several', () => {
    expect([0, 1, 1_250].map((count) => countText(count, 'row'))).toEqual(['0 rows', '1 row', '1,250 rows']);
  });
});
