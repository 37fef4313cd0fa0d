import type { Instant } from '#kernel/time.js';
import { minorText } from '#kernel/money.js';
import { durationOfClass } from '../contribution/duration-class.js';
import type { DurationUnit } from './formulas.js';
import type { Formula, Source } from './metrics.js';
import type { Sums } from './sums.js';

export interface Ratio {
  /** Unrounded; null when the denominator is 0. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

/** A return: money by money. */
export interface MoneyReturn {
  /** Unrounded; null when the denominator is 0, or what came back is not known. */
  readonly value: number | null;
  /** Decimal texts; the numerator null where what came back is not known. */
  readonly numerator: string | null;
  readonly denominator: string;
}

/** Money for each of something. */
export interface MoneyPer {
  /** Decimal text, rounded half to even; null when the denominator is 0. */
  readonly value: string | null;
  readonly numerator: string;
  readonly denominator: number;
}

export interface Duration {
  readonly unit: DurationUnit;
  readonly count: number;
  /** Exact, unrounded; null (like the percentiles) when there is nothing to measure. */
  readonly mean: number | null;
  /** By nearest rank: the least value whose cumulative count reaches ceil(p x n). */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
}

/** Stays: those that ended, and beside them those that go on, with their age as known then (percentiles by the hour they began in). */
export interface Stays extends Duration {
  readonly openCount: number;
  readonly openMean: number | null;
  readonly openP50: number | null;
  readonly openP90: number | null;
}

/** A count, money as a decimal text, a ratio (of counts, or with money), a duration; null: not known (profit without any cost). */
export type Value = number | string | Ratio | MoneyReturn | MoneyPer | Duration | Stays | null;

/** What one group (or several, for a total) adds up to. */
export interface Amounts {
  readonly n: (source: Source) => number;
  readonly value: (source: Source) => number;
  readonly classes: (source: Source) => ReadonlyMap<number, number>;
}

/** `now`: as known then; open stays are as old as that. */
export function valueOf(formula: Formula, amounts: Amounts, currency: string, now: Instant | null): Value {
  const total = (sources: readonly Source[], of: (source: Source) => number): number =>
    sources.reduce((sum, source) => sum + of(source), 0);
  switch (formula.kind) {
    case 'count':
      return amounts.n(formula.of);
    case 'sum':
      return amounts.value(formula.of);
    case 'money': {
      if (formula.nullWithoutFacts && total(formula.plus, amounts.n) === 0) return null;
      return minorText(total(formula.plus, amounts.value) - total(formula.minus, amounts.value), currency);
    }
    case 'ratio':
      return ratio(total(formula.numerator, amounts.n), total(formula.denominator, amounts.n));
    case 'money-per':
      return moneyPer(amounts.value(formula.money), amounts.n(formula.each), currency);
    case 'return': {
      const { plus, minus, below, unknownWith } = formula;
      const isUnknown = unknownWith !== undefined && amounts.n(plus) === 0 && amounts.n(unknownWith) !== 0;
      const back = isUnknown ? null : amounts.value(plus) - total(minus, amounts.value);
      return moneyReturn(back, amounts.value(below), currency);
    }
    case 'duration':
      return stays(
        duration(formula.unit, amounts.n(formula.of), amounts.value(formula.of), amounts.classes(formula.of)),
        formula.open,
        amounts,
        now,
      );
  }
}

export const ratio = (numerator: number, denominator: number): Ratio => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

export const moneyReturn = (numerator: number | null, denominator: number, currency: string): MoneyReturn => ({
  value: numerator === null || denominator === 0 ? null : numerator / denominator,
  numerator: numerator === null ? null : minorText(numerator, currency),
  denominator: minorText(denominator, currency),
});

export const moneyPer = (minor: number, each: number, currency: string): MoneyPer => ({
  value: each === 0 ? null : minorText(halfEven(minor, each), currency),
  numerator: minorText(minor, currency),
  denominator: each,
});

/** The nearest whole number to a / b, of two equally near ones the even one; b is not 0. */
function halfEven(a: number, b: number): number {
  const whole = Math.floor(a / b);
  const twice = 2 * (a - whole * b) - b;
  const up = b > 0 ? twice > 0 : twice < 0;
  return up || (twice === 0 && whole % 2 !== 0) ? whole + 1 : whole;
}

/** Classes are the value itself for days, logarithmic for seconds. */
export function duration(
  unit: Duration['unit'],
  count: number,
  sum: number,
  classes: ReadonlyMap<number, number>,
): Duration {
  const percentile = (percent: number): number | null => {
    const key = nearestRank(classes, count, percent);
    return key === null ? null : unit === 'second' ? durationOfClass(key) : key;
  };
  return {
    unit,
    count,
    mean: count === 0 ? null : sum / count,
    p50: percentile(50),
    p90: percentile(90),
    p95: percentile(95),
  };
}

/** The least class whose cumulative count reaches ceil(p x n). */
function nearestRank(classes: ReadonlyMap<number, number>, count: number, percent: number): number | null {
  const rank = Math.ceil((percent * count) / 100);
  let seen = 0;
  for (const [key, n] of [...classes].filter(([, n]) => n > 0).sort(([a], [b]) => a - b)) {
    seen += n;
    if (seen >= rank) return key;
  }
  return null;
}

function stays(ended: Duration, open: Source | undefined, amounts: Amounts, now: Instant | null): Duration | Stays {
  if (open === undefined) return ended;
  const count = amounts.n(open);
  const seconds = Math.trunc((now ?? 0) / 1000);
  // The later a stay began, the younger it is.
  const began = new Map([...amounts.classes(open)].map(([hour, n]) => [-hour, n]));
  const age = (percent: number): number | null => {
    const key = nearestRank(began, count, percent);
    return key === null ? null : Math.max(0, seconds + 3600 * key);
  };
  return {
    ...ended,
    openCount: count,
    openMean: count === 0 ? null : seconds - amounts.value(open) / count,
    openP50: age(50),
    openP90: age(90),
  };
}

/** One group's amounts. `sums` by source key. */
export function amountsOf(sums: ReadonlyMap<string, Sums>, group: number): Amounts {
  return {
    n: (source) => sums.get(sourceKey(source))?.n[group] ?? 0,
    value: (source) => sums.get(sourceKey(source))?.value[group] ?? 0,
    classes: (source) => sums.get(sourceKey(source))?.classes?.[group] ?? new Map(),
  };
}

/** All groups together. */
export function totalOf(sums: ReadonlyMap<string, Sums>): Amounts {
  const add = (numbers: Float64Array | undefined): number => numbers?.reduce((sum, number) => sum + number, 0) ?? 0;
  return {
    n: (source) => add(sums.get(sourceKey(source))?.n),
    value: (source) => add(sums.get(sourceKey(source))?.value),
    classes(source) {
      const all = new Map<number, number>();
      for (const own of sums.get(sourceKey(source))?.classes ?? []) {
        for (const [key, n] of own ?? []) all.set(key, (all.get(key) ?? 0) + n);
      }
      return all;
    },
  };
}

export const sourceKey = (source: Source): string => `${source.metric}${source.first === true ? ' first' : ''}`;
