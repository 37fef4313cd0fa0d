import fc from 'fast-check';
import { multiset } from '../testing/facts-of.js';
import type { Dims } from '../history/dimensions.js';
import { difference } from './difference.js';
import type { Fact } from './fact.js';

const dimsOf = (channel: string): Dims => ({ values: [channel, ...Array<null>(10).fill(null)], custom: null });
const fact: fc.Arbitrary<Fact> = fc
  .record({ metric: fc.nat(2), day: fc.nat(3), channel: fc.constantFrom('a', 'b') })
  .map(({ metric, day, channel }) => ({ metric, day, dims: dimsOf(channel), n: 1, value: 0, class: 0 }));

// Beyond about thirty facts on each side another way of comparing is taken.
const lists = fc
  .constantFrom(5, 120)
  .chain((maxLength) =>
    fc.tuple(fc.array(fact, { maxLength, size: 'max' }), fc.array(fact, { maxLength, size: 'max' })),
  );

describe('The difference of two lists of facts', () => {
  it('added to the first is the second, and never takes back what it also brings', () => {
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const gone: Fact[] = [];
        const come: Fact[] = [];
        difference(before, after, (one, n) => void (n === 1 ? come : gone).push({ ...one }));
        const minus = new Set(gone);
        const sum = [...before.map((one) => ({ ...one })), ...come, ...gone];
        expect(multiset(sum, (one) => (minus.has(one) ? -1 : 1))).toEqual(multiset(after));
        const taken = multiset(gone);
        expect(Object.keys(multiset(come)).filter((key) => key in taken)).toEqual([]);
      }),
    );
  });

  it('of equal lists is nothing', () => {
    fc.assert(
      fc.property(fc.array(fact), (facts) => difference(facts, [...facts], () => expect('nothing').toBe('told'))),
    );
  });
});
