import fc from 'fast-check';
import { shareOf } from './sharing.js';

const processes = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 12 });

describe('The share of one process', () => {
  it('is everything while it is alone, seen or not', () => {
    expect([...shareOf(3, ['a'], 'a')]).toEqual([0, 1, 2]);
    expect([...shareOf(3, [], 'a')]).toEqual([0, 1, 2]);
  });

  it('gives each lane to exactly one process, evenly, in whatever order they are seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), processes, (lanes, members) => {
        const shares = members.map((me) => shareOf(lanes, [...members].reverse(), me));
        const given = shares.flatMap((share) => [...share]).sort((a, b) => a - b);
        expect(given).toEqual(Array.from({ length: lanes }, (_, lane) => lane));
        const sizes = shares.map(({ size }) => size);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
