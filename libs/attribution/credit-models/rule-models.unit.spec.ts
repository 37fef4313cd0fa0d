import { CLOSE, byChannel, MS_PER_DAY, orderOnly, tableOf, touch } from '../testing/paths.js';
import { attributePaths } from './attribute-paths.js';
import { CREDIT_MODELS, customModel, RULE_MODELS } from './credit-models.js';
import { creditPayment } from './credit-payment.js';
import { pathTable, type PathTable } from './path-table.js';
import { weightsOf, type RuleModel } from './rule-model.js';
import { halved } from './time-decay.js';
import { ALL_TOUCHES, type TouchPath } from './touch-path.js';

const model = (name: string): RuleModel => {
  const found = CREDIT_MODELS.get(name);
  if (found === undefined || 'learned' in found) throw new Error(`${name} is no rule model`);
  return found;
};
const credits = (name: string, table: PathTable): Record<string, number> =>
  byChannel(table, attributePaths(table, [model(name)])[0]!.conversions);

/** The golden vector: six touches, FT = T1, LC = T3, OC = T5, CW = T6. */
const golden: TouchPath = {
  touches: [30, 21, 14, 7, 3, 0].map((days, index) => touch(`T${index + 1}`, days)),
  closedAt: CLOSE,
  leadCreatedAt: CLOSE - 14 * MS_PER_DAY,
  opportunityAt: CLOSE - 3 * MS_PER_DAY + 1,
};
const goldenAmounts = (chosen: RuleModel, path = golden): number[] =>
  creditPayment({ minor: 1_200_000, currency: 'EUR' }, path, chosen, ALL_TOUCHES).touches.map(
    ({ amount }) => amount.minor,
  );

describe('The golden vector of 12,000.00 over six touches', () => {
  it.each([
    ['first-touch', [1_200_000, 0, 0, 0, 0, 0]],
    ['last-touch', [0, 0, 0, 0, 0, 1_200_000]],
    ['linear', [200_000, 200_000, 200_000, 200_000, 200_000, 200_000]],
    ['time-decay-7d', [23_050, 56_195, 112_390, 224_781, 334_023, 449_561]],
    ['position-40-20-40', [480_000, 60_000, 60_000, 60_000, 60_000, 480_000]],
    ['u-ft-lc-40-40-20', [480_000, 60_000, 480_000, 60_000, 60_000, 60_000]],
    ['u-ft-lc-50-50', [600_000, 0, 600_000, 0, 0, 0]],
    ['w-30-30-30-10', [360_000, 40_000, 360_000, 40_000, 360_000, 40_000]],
    ['full-path-22.5x4-10', [270_000, 60_000, 270_000, 60_000, 270_000, 270_000]],
  ])('%s', (name, expected) => {
    expect(goldenAmounts(model(name))).toEqual(expected);
  });
});

describe('A milestone', () => {
  const weights = (path: TouchPath, name: string): number[] => {
    const builder = pathTable();
    builder.add(path, { conversions: 1, value: 0, nulls: 0 });
    return weightsOf(model(name), builder.build());
  };

  it('that nobody holds leaves its share to the others in proportion', () => {
    const weighed = weights({ ...golden, opportunityAt: null }, 'w-30-30-30-10');
    expect(weighed[0]).toBeCloseTo(30 / 70, 12);
    expect(weighed[2]).toBeCloseTo(30 / 70, 12);
    expect(weighed[1]).toBeCloseTo(10 / 70 / 4, 12);
  });
  it('is not held by a touch after it', () => {
    expect(weights({ ...golden, leadCreatedAt: CLOSE - 31 * MS_PER_DAY }, 'u-ft-lc-50-50')).toEqual([1, 0, 0, 0, 0, 0]);
  });
  it('adds to the others of the same touch, and an empty rest to all', () => {
    expect(weights({ ...golden, touches: [touch('T', 20)] }, 'full-path-22.5x4-10')).toEqual([1]);
    const two = weights({ ...golden, touches: [touch('T', 20), touch('U', 1)] }, 'w-30-30-30-10');
    expect(two[0]).toBeCloseTo(0.9, 12);
    expect(two[1]).toBeCloseTo(0.1, 12);
  });
});

describe('Rule models over aggregated paths', () => {
  const table = tableOf(['direct', 2, 0, 1], ['search > email', 3, 0, 2], ['search > social > email', 5, 0, 4]);

  it('agree with the examples of the package mta', () => {
    expect(credits('first-touch', table)).toEqual({ direct: 2, search: 8, email: 0, social: 0 });
    expect(credits('last-touch', table)).toEqual({ direct: 2, search: 0, email: 8, social: 0 });
    expect(credits('linear', table)['social']).toBeCloseTo(5 / 3, 12);
    expect(credits('position-40-20-40', table)['search']).toBeCloseTo(3.5, 12);
    expect(credits('linear', tableOf(['a > a > b', 6]))).toEqual({ a: 4, b: 2 });
  });
  it('pass over direct at the end, unless there is nothing else', () => {
    expect(credits('last-non-direct', tableOf(['A > Direct > (direct)', 3], ['direct', 2]))).toEqual({
      A: 3,
      Direct: 0,
      '(direct)': 0,
      direct: 2,
    });
  });
  it('leave what no touch earned unattributed', () => {
    const [credit] = attributePaths(tableOf(['', 2, 7], ['A', 1, 1]), [model('linear')]);
    expect(credit!.unattributed).toEqual({ conversions: 2, value: 7 });
  });
  it('give every path the weights that they give it alone', () => {
    const builder = pathTable();
    builder.add(golden, { conversions: 1, value: 12_000, nulls: 0 });
    const one = builder.build();
    for (const rule of RULE_MODELS) {
      const [credit] = attributePaths(one, [rule]);
      weightsOf(rule, one).forEach((weight, index) => {
        expect(credit!.conversions[index]).toBeCloseTo(weight, 12);
        expect(credit!.value[index]).toBeCloseTo(weight * 12_000, 8);
      });
    }
  });
});

describe('A custom model', () => {
  it('weighs by milestone', () => {
    expect(goldenAmounts(customModel('mine', { milestones: { ft: 1, cw: 3 } }))).toEqual([
      300_000, 0, 0, 0, 0, 900_000,
    ]);
  });
  it('weighs by kind of touch, and credits nothing where no kind weighs', () => {
    const demo = { ...golden, touches: [touch('A', 9, 'demo'), touch('B', 5, 'newsletter'), touch('C', 1, 'other')] };
    const mine = customModel('mine', { kinds: { demo: 5, newsletter: 1 } });
    expect(goldenAmounts(mine, demo)).toEqual([1_000_000, 200_000, 0]);
    const credit = creditPayment({ minor: 100, currency: 'EUR' }, orderOnly(['A']), mine, ALL_TOUCHES);
    expect(credit).toEqual({
      touches: [],
      unattributed: { amount: { minor: 100, currency: 'EUR' }, parts: 1_000_000 },
    });
  });
  it('refuses weights that cannot be shared', () => {
    expect(() => customModel('mine', { milestones: { ft: 0 } })).toThrow(RangeError);
    expect(() => customModel('mine', { kinds: { a: -1, b: 2 } })).toThrow(RangeError);
  });
});

describe('Halving by tables', () => {
  it('is as good as the power', () => {
    for (let times = 0; times < 1_000; times += 0.0137)
      expect(Math.abs(halved(times) * 2 ** times - 1)).toBeLessThan(3e-15);
    expect(halved(0)).toBe(1);
    expect(halved(5_000)).toBe(0);
  });
});
