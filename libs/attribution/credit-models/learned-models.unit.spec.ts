import fc from 'fast-check';
import { byChannel, tableOf, type Line } from '../testing/paths.js';
import { attributePaths } from './attribute-paths.js';
import { CREDIT_MODELS } from './credit-models.js';
import { addTransitions, countTransitions, markovCredit, noTransitions } from './markov.js';
import type { PathTable } from './path-table.js';
import { countChannelSets, shapleyCredit } from './shapley.js';

const markov = (table: PathTable, nulls = true) => markovCredit(countTransitions(table, { nulls }));
const shapley = (table: PathTable) =>
  byChannel(table, shapleyCredit(countChannelSets(table), table.channels.length).conversions);

const lines = fc.array(
  fc.tuple(
    fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1, maxLength: 6 }).map((path) => path.join(' > ')),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 900 }),
    fc.integer({ min: 0, max: 5 }),
  ),
  { minLength: 1, maxLength: 12 },
);

describe('Markov', () => {
  it('gives 20, 40 and 40 % on the golden paths', () => {
    const table = tableOf(['C1 > C2 > C3', 1], ['C1', 0, 0, 1], ['C2 > C3', 0, 0, 1]);
    const { conversions } = markov(table);
    [0.2, 0.4, 0.4].forEach((share, channel) => expect(conversions[channel]).toBeCloseTo(share, 12));
  });
  it('gives the removal effects of the published mailing example', () => {
    // start > google 0.8, start > mailing 0.2; google > conversion 0.5, > mailing 0.25, > null 0.25; mailing > conversion 1.
    const table = tableOf(['google', 8, 0, 4], ['google > mailing', 4], ['mailing', 4]);
    const { base, removalEffects } = markov(table);
    expect(base).toBeCloseTo(0.8, 12);
    expect(removalEffects[0]).toBeCloseTo(0.75, 12);
    expect(removalEffects[1]).toBeCloseTo(0.5, 12);
  });
  it('does not count a channel after itself', () => {
    const table = tableOf(['A > B > A > B > B > A', 1], ['A > B > B > A > A', 1], ['A > A', 1]);
    const { conversions, removalEffects } = markov(table);
    expect([...removalEffects]).toEqual([1, 0.5]);
    [2, 1].forEach((credit, channel) => expect(conversions[channel]).toBeCloseTo(credit, 12));
  });
  it('equals the chain with the channel really taken out, by iteration', () => {
    fc.assert(
      fc.property(lines, fc.boolean(), (given: Line[], nulls) => {
        const table = tableOf(...given);
        const { base, removalEffects } = markov(table, nulls);
        table.channels.forEach((_, channel) => {
          const without = conversionProbability(table, nulls, channel);
          expect(base * (1 - (removalEffects[channel] ?? 0))).toBeCloseTo(base === 0 ? 0 : without, 6);
        });
        expect(base).toBeCloseTo(conversionProbability(table, nulls, -1), 6);
      }),
      { numRuns: 60 },
    );
  });
  it('has counts that add up and can be taken away', () => {
    const all = tableOf(['A > B', 3, 9, 1], ['B > C', 2, 4, 0], ['A > C', 1, 1, 5]);
    const sum = noTransitions(3);
    for (const line of [
      ['A > B', 3, 9, 1],
      ['B > C', 2, 4, 0],
      ['A > C', 1, 1, 5],
      ['A > B', 7, 7, 7],
    ] as const) {
      // The same numbering of channels for each single path.
      const single = tableOf(['A', 0], ['B', 0], ['C', 0], line);
      addTransitions(sum, countTransitions(single, { nulls: true }));
    }
    const extra = tableOf(['A', 0], ['B', 0], ['C', 0], ['A > B', 7, 7, 7]);
    addTransitions(sum, countTransitions(extra, { nulls: true }), -1);
    expect(sum).toEqual(countTransitions(all, { nulls: true }));
  });
  it('gives nothing where nothing converted', () => {
    expect([...markov(tableOf(['A > B', 0, 0, 3])).conversions]).toEqual([0, 0]);
  });
});

describe('Shapley', () => {
  it('gives the published answers', () => {
    expect(shapley(tableOf(['A', 4], ['B', 2], ['A > B', 4]))).toEqual({ A: 6, B: 4 });
    expect(shapley(tableOf(['a', 4], ['a > b', 6]))).toEqual({ a: 7, b: 3 });
    expect(shapley(tableOf(['a > b > c > d', 10]))).toEqual({ a: 2.5, b: 2.5, c: 2.5, d: 2.5 });
  });
  it('equals the definition, the mean over all orders of joining', () => {
    fc.assert(
      fc.property(lines, (given: Line[]) => {
        const table = tableOf(...given);
        const found = shapley(table);
        const defined = byDefinition(given, table.channels);
        for (const channel of table.channels) expect(found[channel]).toBeCloseTo(defined[channel] ?? 0, 8);
      }),
      { numRuns: 30 },
    );
  });
  it('is exact for many channels', () => {
    const channels = Array.from({ length: 40 }, (_, number) => `c${number}`);
    expect(shapley(tableOf([channels.join(' > '), 40]))['c39']).toBeCloseTo(1, 12);
  });
});

describe('Learned models', () => {
  it('conserve conversions and value', () => {
    fc.assert(
      fc.property(lines, (given: Line[]) => {
        const table = tableOf(...given);
        for (const credit of attributePaths(table, [CREDIT_MODELS.get('markov-1')!, CREDIT_MODELS.get('shapley')!])) {
          const won = given.reduce((sum, [, conversions]) => sum + conversions, 0);
          // Value without a conversion has no step into conversion to stand on.
          const worth = given.reduce((sum, [, conversions, value = 0]) => sum + (conversions > 0 ? value : 0), 0);
          expect(credit.conversions.reduce((sum, part) => sum + part, 0)).toBeCloseTo(won, 6);
          if (given.every(([, conversions, value]) => conversions > 0 || value === 0))
            expect(credit.value.reduce((sum, part) => sum + part, 0)).toBeCloseTo(worth, 6);
        }
      }),
    );
  });
});

/** P(conversion) by running the chain step by step, `removed` sending all that reaches it to null. */
function conversionProbability(table: PathTable, nulls: boolean, removed: number): number {
  const { channels, steps, converted, lost } = countTransitions(table, { nulls });
  const starts = [...steps.subarray(channels * channels)];
  const begun = starts.reduce((sum, count) => sum + count, 0);
  if (begun === 0) return 0;
  let mass = starts.map((count, channel) => (channel === removed ? 0 : count / begun));
  let probability = 0;
  for (let round = 0; round < 3_000; round++) {
    const next = new Array<number>(channels).fill(0);
    mass.forEach((share, from) => {
      const row = [...steps.subarray(from * channels, (from + 1) * channels)];
      const out = row.reduce((sum, count) => sum + count, 0) + (converted[from] ?? 0) + (lost[from] ?? 0);
      if (out === 0 || share === 0) return;
      probability += (share * (converted[from] ?? 0)) / out;
      row.forEach((count, to) => (next[to]! += to === removed ? 0 : (share * count) / out));
    });
    mass = next;
  }
  return probability;
}

function byDefinition(given: readonly Line[], channels: readonly string[]): Record<string, number> {
  const worth = (members: ReadonlySet<string>): number =>
    given.reduce((sum, [path, won]) => sum + (path.split(' > ').every((step) => members.has(step)) ? won : 0), 0);
  const sums: Record<string, number> = {};
  const orders = permutations(channels);
  for (const order of orders) {
    const members = new Set<string>();
    for (const channel of order) {
      const before = worth(members);
      members.add(channel);
      sums[channel] = (sums[channel] ?? 0) + (worth(members) - before) / orders.length;
    }
  }
  return sums;
}

const permutations = (items: readonly string[]): string[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
