import fc from 'fast-check';
import { durationClass, durationOfClass, DURATION_ERROR } from './duration-class.js';

describe('The classes of elapsed time', () => {
  it('give every length back within the stated error, and 0 as 0', () => {
    expect(durationOfClass(durationClass(0))).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: -4_000_000_000, max: 4_000_000_000 }), (seconds) => {
        const given = durationOfClass(durationClass(seconds));
        // Whole seconds are the unit, so half of one is rounding.
        expect(Math.abs(given - seconds)).toBeLessThanOrEqual(Math.abs(seconds) * DURATION_ERROR + 0.5);
      }),
    );
  });

  it('keep the order, negatives in classes of their own', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const [less = 0, more = 0] = [a, b].sort((x, y) => x - y);
        expect(durationClass(less)).toBeLessThanOrEqual(durationClass(more));
      }),
    );
    expect(durationClass(-1)).toBeLessThan(0);
    expect(durationClass(1)).toBeGreaterThan(0);
  });
});
