import fc from 'fast-check';
import { fractionOf, fractionText, isMet } from './target.js';

const fraction = (numerator: string, denominator = '1') => {
  const made = fractionOf(numerator, denominator);
  if (made === null) throw new Error('over 0');
  return made;
};

describe('A target', () => {
  it.each([
    ['12', '1', '12', true],
    ['11', '1', '12', false],
    ['1250.50', '1', '1250.50', true],
    ['1250.49', '1', '1250.5', false],
    ['-5', '1', '-4', false],
    ['1', '4', '0.25', true],
    // A third is above 0.333333 and below 0.333334: nothing is rounded before it is compared.
    ['1', '3', '0.333333', true],
    ['1', '3', '0.333334', false],
    ['2', '3', '0.666667', false],
  ])('for %s / %s at %s is met: %s', (numerator, denominator, target, met) => {
    expect(isMet(fraction(numerator, denominator), target)).toBe(met);
  });

  it('compares as whole numbers do', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), fc.integer(), (numerator, denominator, target) => {
        const expected = BigInt(numerator) >= BigInt(target) * BigInt(denominator);
        expect(isMet(fraction(String(numerator), String(denominator)), String(target))).toBe(expected);
      }),
    );
  });

  it('says nothing of a ratio of nothing', () => {
    expect(fractionOf('0', '0')).toBeNull();
  });
});

describe('A fraction as text', () => {
  it.each([
    ['12', '1', '12'],
    ['1250.50', '1', '1250.5'],
    ['1', '4', '0.25'],
    ['2', '3', '0.666666'],
    ['-1', '8', '-0.125'],
    ['0', '7', '0'],
    ['-1', '10000000', '0'],
  ])('%s / %s is %s', (numerator, denominator, text) => {
    expect(fractionText(fraction(numerator, denominator))).toBe(text);
  });
});
