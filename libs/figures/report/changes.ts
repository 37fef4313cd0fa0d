import { CAUSES, type Cause } from '../contribution/cause.js';
import { DIMENSIONS, type Dims } from '../history/dimensions.js';
import type { StoredFact } from '../blocks/block-rows.js';
import type { DayRange } from '../facts-reader.js';
import type { Filters } from './grouping.js';
import { sourcesOf, type MetricDefinition } from './metrics.js';
import type { Sight } from './sight.js';

/** A figure's movement between two positions for one reason. */
export interface Change {
  readonly cause: Cause;
  /** Facts that came minus facts that went. */
  readonly count: number;
  /** Money in minor units, or the length of durations; 0 for counts. */
  readonly value: number;
  /** Positions of the events behind it, in order. */
  readonly positions: readonly number[];
}

export interface ChangesAsked {
  readonly metric: MetricDefinition;
  /** Exclusive. */
  readonly after: number;
  /** Inclusive. */
  readonly upTo: number;
  readonly days: DayRange;
  readonly filters: Filters;
}

/**
 * Why a figure is another one at `upTo` than it was at `after`: the facts written between, by cause, the greatest movement first. Counts and
 * values of all causes sum to the figure's change; a cause whose facts cancel out (a restatement within the filter) is there with 0.
 */
export async function changes(sight: Pick<Sight, 'reader' | 'pin'>, asked: ChangesAsked): Promise<readonly Change[]> {
  const { metric, after, upTo, days, filters } = asked;
  const sums = new Map<number, { count: number; value: number; positions: Set<number> }>();
  for (const source of sourcesOf(metric.formula)) {
    for (const fact of await sight.reader.between(sight.pin, source.metric, after, upTo)) {
      if (source.first === true && (fact.class & 1) === 0) continue;
      if (!isWithin(fact, days) || !passes(fact.dims, filters)) continue;
      const sum = sums.get(fact.cause) ?? { count: 0, value: 0, positions: new Set<number>() };
      sum.count += fact.n;
      sum.value += fact.n * fact.value;
      sum.positions.add(fact.position);
      sums.set(fact.cause, sum);
    }
  }
  return [...sums]
    .map(([cause, { count, value, positions }]) => ({
      cause: CAUSES[cause] ?? 'correction',
      count,
      value,
      positions: [...positions].sort((a, b) => a - b),
    }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || Math.abs(b.count) - Math.abs(a.count));
}

const isWithin = (fact: StoredFact, { from, to }: DayRange): boolean =>
  (from === null || fact.day >= from) && (to === null || fact.day <= to);

function passes(dims: Dims, filters: Filters): boolean {
  for (const [name, allowed] of filters) {
    const place = (DIMENSIONS as readonly string[]).indexOf(name);
    const value = place >= 0 ? dims.values[place] : dims.custom?.find(([own]) => own === name)?.[1];
    if (!allowed.has(value ?? null)) return false;
  }
  return true;
}
