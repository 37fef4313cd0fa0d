import { parseAmount } from './amounts.js';

describe('An amount of a file', () => {
  it.each([
    ['1054', '.', 'EUR', 105_400],
    ['1,054.50', '.', 'USD', 105_450],
    ['1.054,50', ',', 'EUR', 105_450],
    ['1 054,5', ',', 'EUR', 105_450],
    ['0.0', '.', 'BRL', 0],
    ['12.500', '.', 'EUR', 1_250],
    ['1054.00', '.', 'JPY', 1_054],
    ['-3.20', '.', 'EUR', -320],
  ] as const)('%s with the mark %s in %s is %d minor units', (cell, decimal, currency, minor) => {
    expect(parseAmount(cell, currency, decimal)).toEqual({ minor, currency });
  });

  it.each([
    ['12.345', '.', 'EUR', /MONEY\.TOO_MANY_DIGITS/],
    ['1.5', '.', 'JPY', /MONEY\.TOO_MANY_DIGITS/],
    ['1,054', ',', 'EUR', /MONEY\.TOO_MANY_DIGITS/],
    ['10,54', '.', 'EUR', /MONEY\.BAD_AMOUNT/],
    ['12 EUR', '.', 'EUR', /MONEY\.BAD_AMOUNT/],
    ['1e3', '.', 'EUR', /MONEY\.BAD_AMOUNT/],
    ['', '.', 'EUR', /MONEY\.BAD_AMOUNT/],
    ['5', '.', 'XXZ', /MONEY\.UNKNOWN_CURRENCY/],
  ] as const)('%p with the mark %s in %s is none', (cell, decimal, currency, expected) => {
    expect(() => parseAmount(cell, currency, decimal)).toThrow(expected);
  });
});
