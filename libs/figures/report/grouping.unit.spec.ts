import fc from 'fast-check';
import { decodeBlock } from '../blocks/block.js';
import { encodeBlock } from '../blocks/encode-block.js';
import { factRows, pushRow } from '../blocks/fact-rows.js';
import { tupleTable } from '../blocks/tuple-table.js';
import type { BlockCut, DayRange } from '../facts-reader.js';
import type { Dims } from '../history/dimensions.js';
import { grouping, type Filters } from './grouping.js';
import { sum } from './sums.js';

interface Row {
  readonly day: number;
  readonly channel: string | null;
  readonly region: string | null;
  readonly value: number;
}

const name = (letter: string): fc.Arbitrary<string | null> =>
  fc.oneof(
    fc.constant(null),
    fc.nat(700).map((n) => `${letter}${n}`),
  );
const row: fc.Arbitrary<Row> = fc.record({
  day: fc.integer({ min: 100, max: 130 }),
  channel: name('c'),
  region: name('r'),
  value: fc.nat(50),
});

function cutOf(rows: readonly Row[]): BlockCut {
  const facts = factRows();
  for (const [i, { day, channel, region, value }] of rows.entries()) {
    const dims: Dims = {
      values: [channel, ...Array<null>(10).fill(null)],
      custom: region === null ? null : [['region', region]],
    };
    pushRow(facts, i, day, dims, 1, value, 0, 0);
  }
  return {
    block: decodeBlock(encodeBlock(facts, 0, facts.length, 0, false, { table: tupleTable(), custom: new Set() })),
    rows: rows.length,
  };
}

/** The same by hand. */
function byHand(
  rows: readonly Row[],
  days: DayRange,
  filters: Filters,
  by: readonly ('channel' | 'region')[],
  period: boolean,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const one of rows) {
    if ((days.from !== null && one.day < days.from) || (days.to !== null && one.day > days.to)) continue;
    if ([...filters].some(([key, allowed]) => !allowed.has(one[key as 'channel' | 'region']))) continue;
    const key = JSON.stringify([period ? `w${Math.floor(one.day / 7)}` : null, by.map((dimension) => one[dimension])]);
    sums.set(key, (sums.get(key) ?? 0) + one.value);
  }
  return new Map([...sums].filter(([, value]) => value !== 0));
}

describe('Grouping', () => {
  it('sums blocks as one would by hand, for any dimensions, filters, days and periods', () => {
    const day = fc.oneof(fc.constant(null), fc.integer({ min: 100, max: 130 }));
    const filter = fc.subarray([null, 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'], { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.array(row, { minLength: 1, maxLength: 60 }), { maxLength: 5 }),
        fc.record({ from: day, to: day }),
        fc.option(filter),
        fc.subarray(['channel', 'region'] as const, { minLength: 0 }),
        fc.boolean(),
        (blocks, days, allowed, by, hasPeriod) => {
          const filters: Filters = new Map(allowed === null ? [] : [['channel', new Set(allowed)]]);
          const groups = grouping({
            days,
            periodOf: hasPeriod ? (one) => `w${Math.floor(one / 7)}` : null,
            by,
            filters,
          });
          const { value } = sum(blocks.map(cutOf), groups, 'all');
          const found = new Map<string, number>();
          for (let i = 0; i < groups.size; i++) {
            const { period, dims } = groups.group(i);
            if ((value[i] ?? 0) !== 0) found.set(JSON.stringify([period, dims]), value[i] ?? 0);
          }
          expect(found).toEqual(byHand(blocks.flat(), days, filters, by, hasPeriod));
        },
      ),
    );
  });

  it('keeps thousands of values and their pairs apart', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      day: 100,
      channel: `c${i % 1500}`,
      region: `r${i}`,
      value: 1,
    }));
    const groups = grouping({
      days: { from: null, to: null },
      periodOf: null,
      by: ['channel', 'region'],
      filters: new Map(),
    });
    const { n } = sum([cutOf(rows)], groups, 'all');
    expect(groups.size).toBe(3000);
    expect(n.slice(0, 3000).every((one) => one === 1)).toBe(true);
    expect(groups.group(2999)).toEqual({ period: null, dims: ['c1499', 'r2999'] });
  });
});
