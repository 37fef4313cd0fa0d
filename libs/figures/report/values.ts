import { minorText } from '#kernel/money.js';
import { durationOfClass } from '../contribution/duration-class.js';
import type { Formula, Source } from './metrics.js';
import type { Sums } from './sums.js';

export interface Ratio {
  /** Unrounded; null when the denominator is 0. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

export interface Duration {
  readonly unit: 'day' | 'second';
  readonly count: number;
  /** Exact, unrounded; null (like the percentiles) when there is nothing to measure. */
  readonly mean: number | null;
  /** By nearest rank: the least value whose cumulative count reaches ceil(p x n). */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
}

/** A count, money as a decimal text, a ratio, a duration; null: not known (profit without any cost). */
export type Value = number | string | Ratio | Duration | null;

/** What one group (or several, for a total) adds up to. */
export interface Amounts {
  readonly n: (source: Source) => number;
  readonly value: (source: Source) => number;
  readonly classes: (source: Source) => ReadonlyMap<number, number>;
}

export function valueOf(formula: Formula, amounts: Amounts, currency: string): Value {
  const total = (sources: readonly Source[], of: (source: Source) => number): number =>
    sources.reduce((sum, source) => sum + of(source), 0);
  switch (formula.kind) {
    case 'count':
      return amounts.n(formula.of);
    case 'money': {
      if (formula.nullWithoutFacts && total(formula.plus, amounts.n) === 0) return null;
      return minorText(total(formula.plus, amounts.value) - total(formula.minus, amounts.value), currency);
    }
    case 'ratio':
      return ratio(total(formula.numerator, amounts.n), total(formula.denominator, amounts.n));
    case 'duration':
      return duration(formula.unit, amounts.n(formula.of), amounts.value(formula.of), amounts.classes(formula.of));
  }
}

export const ratio = (numerator: number, denominator: number): Ratio => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

/** Classes are the value itself for days, logarithmic for seconds. */
export function duration(
  unit: Duration['unit'],
  count: number,
  sum: number,
  classes: ReadonlyMap<number, number>,
): Duration {
  const ordered = [...classes].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  const percentile = (percent: number): number | null => {
    const rank = Math.ceil((percent * count) / 100);
    let seen = 0;
    for (const [key, n] of ordered) {
      seen += n;
      if (seen >= rank) return unit === 'day' ? key : durationOfClass(key);
    }
    return null;
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
