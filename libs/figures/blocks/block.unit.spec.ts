import fc from 'fast-check';
import type { Dims } from '../history/dimensions.js';
import { rowsOf, type StoredFact } from './block-rows.js';
import { decodeBlock } from './block.js';
import { encodeBlock } from './encode-block.js';
import { EPOCH } from './epoch.js';
import { tupleTable } from './tuple-table.js';
import { factRows, pushRow, type FactRows } from './fact-rows.js';

const text = fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme', maxLength: 6 }));
const dims: fc.Arbitrary<Dims> = fc.record({
  values: fc.tuple(...Array.from({ length: 11 }, () => text)),
  custom: fc.constantFrom(null, [['region', 'süd'] as const], [['a', ''] as const, ['region', 'x'] as const]),
});
const fact = fc.record({
  position: fc.nat(EPOCH - 1),
  day: fc.oneof(fc.integer({ min: 17_000, max: 21_000 }), fc.integer({ min: -700_000, max: 2_000_000 })),
  dims,
  n: fc.constantFrom(1, -1),
  value: fc.oneof(fc.constant(0), fc.integer({ min: -(2 ** 51), max: 2 ** 51 }), fc.integer({ min: -500, max: 500 })),
  class: fc.oneof(fc.constant(0), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  cause: fc.nat(4),
});

const fresh = () => ({ table: tupleTable(), custom: new Set<string>() });

const METRIC = 7;
const START = 3 * EPOCH;

function rowsFrom(facts: readonly Omit<StoredFact, 'metric'>[]): FactRows {
  const rows = factRows(1);
  for (const { position, day, dims: own, n, value, class: klass, cause } of facts)
    pushRow(rows, position, day, own, n, value, klass, cause);
  return rows;
}

describe('A block', () => {
  it('gives back the rows that it was made of, compressed or not', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 1, maxLength: 400 }), fc.boolean(), (facts, complete) => {
        const ordered = facts.sort((a, b) => a.position - b.position);
        const block = decodeBlock(encodeBlock(rowsFrom(ordered), 0, ordered.length, 3, complete, fresh()));
        expect(rowsOf(block, METRIC, START)).toEqual(
          ordered.map((one) => ({ ...one, metric: METRIC, position: START + one.position })),
        );
        expect([block.minDay, block.maxDay]).toEqual([
          Math.min(...facts.map(({ day }) => day)),
          Math.max(...facts.map(({ day }) => day)),
        ]);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same bytes for the same rows, read back or not, and for a stretch of a longer list', () => {
    fc.assert(
      fc.property(fc.array(fact, { minLength: 2, maxLength: 60 }), fc.nat(), (facts, pick) => {
        const ordered = facts.sort((a, b) => a.position - b.position);
        const from = pick % ordered.length;
        const names = new Set<string>();
        const bytes = encodeBlock(rowsFrom(ordered), from, ordered.length, 3, true, { ...fresh(), custom: names });
        const read = rowsOf(decodeBlock(bytes), METRIC, 0);
        expect(encodeBlock(rowsFrom(read), 0, read.length, 3, true, fresh())).toEqual(bytes);
        expect([...names].every((name) => ['a', 'region'].includes(name))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('of an unknown version is refused', () => {
    const bytes = encodeBlock(
      rowsFrom([{ position: 1, day: 1, dims: { values: [], custom: null }, n: 1, value: 0, class: 0, cause: 0 }]),
      0,
      1,
      0,
      false,
      fresh(),
    );
    bytes[0] = 9;
    expect(() => decodeBlock(bytes)).toThrow('FIGURES.UNKNOWN_BLOCK');
  });
});
