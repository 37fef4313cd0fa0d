import fc from 'fast-check';
import { DomainError } from './errors.js';
import {
  addMoney,
  convertMoney,
  convertParts,
  currencyDigits,
  minorText,
  moneyText,
  parseMoney,
  splitMoney,
  type Money,
  type Rate,
} from './money.js';

const eur = (minor: number): Money => ({ minor, currency: 'EUR' });
const usd = (minor: number): Money => ({ minor, currency: 'USD' });
const rate = (value: string, to = 'EUR'): Rate => ({ to, value, source: null, on: null });
const minors = (parts: readonly Money[]): number[] => parts.map((part) => part.minor);
const sum = (parts: readonly Money[]): number => minors(parts).reduce((a, b) => a + b, 0);

const anyMinor = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });
const anyRate = fc
  .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 999_999 }))
  .map(([whole, fraction]) => rate(`${whole}.${fraction.toString().padStart(6, '0')}`));

describe('parseMoney', () => {
  it('reads decimal text into minor units', () => {
    expect(parseMoney({ amount: '1250.00', currency: 'EUR' })).toEqual(eur(125_000));
    expect(parseMoney({ amount: '12.5', currency: 'EUR' })).toEqual(eur(1250));
    expect(parseMoney({ amount: '-0.00', currency: 'EUR' }).minor).toBe(0);
    expect(parseMoney({ amount: '1250', currency: 'JPY' })).toEqual({ minor: 1250, currency: 'JPY' });
    expect(parseMoney({ amount: '1.250', currency: 'KWD' })).toEqual({ minor: 1250, currency: 'KWD' });
  });

  it('refuses what is not an amount of that currency', () => {
    expect(refusal(() => parseMoney({ amount: '1.005', currency: 'EUR' }))).toBe('MONEY.TOO_MANY_DIGITS');
    expect(refusal(() => parseMoney({ amount: '1.0', currency: 'JPY' }))).toBe('MONEY.TOO_MANY_DIGITS');
    expect(refusal(() => parseMoney({ amount: '1e3', currency: 'EUR' }))).toBe('MONEY.BAD_AMOUNT');
    expect(refusal(() => parseMoney({ amount: '1.00', currency: 'EURO' }))).toBe('MONEY.UNKNOWN_CURRENCY');
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anyMinor, fc.constantFrom('EUR', 'JPY', 'KWD'), (minor, currency) => {
        expect(parseMoney(moneyText({ minor, currency }))).toEqual({ minor: minor === 0 ? 0 : minor, currency });
      }),
    );
  });

  it('writes the digits of the currency', () => {
    expect(minorText(-5, 'EUR')).toBe('-0.05');
    expect(minorText(5, 'JPY')).toBe('5');
    expect(currencyDigits('BHD')).toBe(3);
  });
});

describe('addMoney', () => {
  it('adds amounts of one currency', () => {
    expect(addMoney(eur(1), eur(2), eur(-4))).toEqual(eur(-1));
  });

  it('refuses to mix currencies', () => {
    expect(refusal(() => addMoney(eur(1), usd(1)))).toBe('MONEY.MIXED_CURRENCIES');
  });

  it('refuses a sum beyond what a number holds exactly', () => {
    expect(refusal(() => addMoney(eur(Number.MAX_SAFE_INTEGER), eur(1)))).toBe('MONEY.TOO_LARGE');
  });
});

describe('convertMoney', () => {
  it('leaves an amount in the wanted currency as it is, whatever the rate', () => {
    expect(convertMoney(eur(1234), null, 'EUR')).toEqual(eur(1234));
    expect(convertMoney(eur(1234), rate('2'), 'EUR')).toEqual(eur(1234));
  });

  it("goes by the rate and both currencies' digits", () => {
    expect(convertMoney(usd(125_000), rate('0.9214'), 'EUR')).toEqual(eur(115_175));
    expect(convertMoney({ minor: 10_000, currency: 'JPY' }, rate('0.0061'), 'EUR')).toEqual(eur(6100));
    expect(convertMoney(eur(100), rate('163.905', 'JPY'), 'JPY')).toEqual({ minor: 164, currency: 'JPY' });
    expect(convertMoney(eur(100), rate('0.3336', 'KWD'), 'KWD')).toEqual({ minor: 334, currency: 'KWD' });
  });

  it('rounds half to even', () => {
    expect([1, 3, 5, 7].map((minor) => convertMoney(usd(minor), rate('0.5'), 'EUR').minor)).toEqual([0, 2, 2, 4]);
    expect([-1, -3, -5, -7].map((minor) => convertMoney(usd(minor), rate('0.5'), 'EUR').minor)).toEqual([
      0, -2, -2, -4,
    ]);
  });

  it('refuses an amount without a usable rate', () => {
    for (const none of [null, rate('0.9', 'GBP'), rate('0'), rate('-1'), rate('abc'), rate('1e3')]) {
      expect(refusal(() => convertMoney(usd(100), none, 'EUR'))).toBe('MONEY.NO_RATE');
    }
  });

  it('is within half a unit of the exact value and mirrors negative amounts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 }), anyRate, (minor, by) => {
        const converted = convertMoney(usd(minor), by, 'EUR').minor;
        const scaled = BigInt(by.value.replace('.', '')) * BigInt(minor);
        const error = scaled - BigInt(converted) * 1_000_000n;
        expect(error <= 500_000n && error >= -500_000n).toBe(true);
        expect(convertMoney(usd(-minor), by, 'EUR').minor + converted).toBe(0);
      }),
    );
  });
});

describe('convertParts', () => {
  it('nets a payment refunded in parts to exactly 0', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10 ** 8 }), { minLength: 1, maxLength: 8 }),
        anyRate,
        (parts, by) => {
          const payment = convertMoney(usd(parts.reduce((a, b) => a + b, 0)), by, 'EUR');
          const refunds = convertParts(parts.map(usd), by, 'EUR');
          expect(payment.minor - sum(refunds)).toBe(0);
          expect(minors(refunds).every((minor) => minor >= 0)).toBe(true);
        },
      ),
    );
  });

  it('differs from rounding each part alone', () => {
    expect(minors(convertParts([usd(1), usd(1)], rate('0.5'), 'EUR'))).toEqual([0, 1]);
  });
});

describe('splitMoney', () => {
  it('gives left-over units to the largest remainders, the earlier first', () => {
    expect(minors(splitMoney(eur(100), [1, 1, 1]))).toEqual([34, 33, 33]);
    expect(minors(splitMoney(eur(10), [1, 2, 2, 2]))).toEqual([1, 3, 3, 3]);
    expect(minors(splitMoney(eur(-100), [1, 1, 1]))).toEqual([-34, -33, -33]);
    expect(minors(splitMoney(eur(5), [0, 3, 0]))).toEqual([0, 5, 0]);
  });

  it('splits by time decay as the golden vector says', () => {
    const weights = [30, 21, 14, 7, 3, 0].map((days) => 2 ** (-days / 7));
    expect(minors(splitMoney(eur(1_200_000), weights))).toEqual([23_050, 56_195, 112_390, 224_781, 334_023, 449_561]);
  });

  it('splits by milestones as the golden vectors say', () => {
    expect(minors(splitMoney(eur(1_200_000), [90, 10, 90, 10, 90, 10]))).toEqual([
      360_000, 40_000, 360_000, 40_000, 360_000, 40_000,
    ]);
    expect(minors(splitMoney(eur(1_200_000), [22.5, 5, 22.5, 5, 22.5, 22.5]))).toEqual([
      270_000, 60_000, 270_000, 60_000, 270_000, 270_000,
    ]);
  });

  it('refuses weights that say nothing', () => {
    for (const weights of [[], [0, 0], [-1, 2], [NaN, 1], [Infinity]])
      expect(() => splitMoney(eur(1), weights)).toThrow(RangeError);
  });

  const anyWeights = fc
    .array(fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 1e-100, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 12,
    })
    .filter((weights) => weights.some((weight) => weight > 0));

  it('sums to the whole, each part within one unit of its exact share', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), anyWeights, (minor, weights) => {
        const parts = splitMoney(eur(minor), weights);
        expect(sum(parts)).toBe(minor);
        const all = weights.reduce((a, b) => a + b, 0);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(part.minor - (minor * weights[index]!) / all)).toBeLessThan(1.001);
          if (weights[index] === 0) expect(part.minor).toBe(0);
        }
      }),
    );
  });

  it('never gives the larger weight the smaller part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 6 }), anyWeights, (minor, weights) => {
        const parts = splitMoney(eur(minor), weights).map((part, index) => ({
          minor: part.minor,
          weight: weights[index]!,
        }));
        for (const a of parts)
          for (const b of parts) if (a.weight > b.weight) expect(a.minor).toBeGreaterThanOrEqual(b.minor);
      }),
    );
  });
});

function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'no refusal';
}
