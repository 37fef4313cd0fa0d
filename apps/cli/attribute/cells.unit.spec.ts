import { numberIn, numberOrNothing } from './cells.js';

describe('A number in a cell', () => {
  it.each([
    ['12', '.', 12],
    ['1.5e3', '.', 1500],
    ['.5', '.', 0.5],
    ['1,5', ',', 1.5],
    ['1.234', ',', 1234],
    ['1.234.567,25', ',', 1_234_567.25],
    ['1 234,5', ',', 1234.5],
  ] as const)('"%s" with the mark "%s" is %d', (cell, mark, expected) => {
    expect(numberIn(cell, 'n', mark)).toBe(expected);
  });
  it.each([
    ['1,5', '.'],
    ['12.5', ','],
    ['1,2,3', ','],
    ['many', '.'],
    ['-1', '.'],
    ['NaN', '.'],
    ['', '.'],
    ['0x10', '.'],
    ['1e999', '.'],
  ] as const)('"%s" with the mark "%s" is refused', (cell, mark) => {
    expect(() => numberIn(cell, 'n', mark)).toThrow();
  });
  it('may be missing where 0 is meant', () => {
    expect(numberOrNothing('', 'n', '.')).toBe(0);
  });
});
