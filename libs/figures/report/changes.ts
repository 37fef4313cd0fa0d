import { CAUSES, type Cause } from '../contribution/cause.js';
import { DIMENSIONS, type Dims } from '../history/dimensions.js';
import type { StoredFact } from '../blocks/block-rows.js';
import type { DayRange } from '../facts-reader.js';
import type { Filters } from './grouping.js';
import type { Formula, MetricDefinition, Source } from './metrics.js';
import type { Sight } from './sight.js';

/** By how much a figure moved. */
export interface Movement {
  /** Facts that came minus facts that went: of a ratio above its line, of a difference (net revenue) on both sides. */
  readonly count: number;
  /** Money in minor units, or the length of durations; 0 for counts and ratios. */
  readonly value: number;
  /** Of a ratio: below its line (of a return in minor units); else 0. */
  readonly below: number;
}

/** A figure's movement between two positions for one reason. */
export interface Change extends Movement {
  readonly cause: Cause;
  /** The events behind it, those that moved it most first. */
  readonly events: readonly (Movement & { readonly position: number })[];
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
 * Why a figure is another one at `upTo` than it was at `after`: the facts written between, by cause, the greatest movement first. The movements
 * of all causes sum to the figure's change, as those of its events do to each; what cancels out (a restatement within the filter) is there with 0.
 */
export async function changes(sight: Pick<Sight, 'reader' | 'pin'>, asked: ChangesAsked): Promise<readonly Change[]> {
  const { metric, after, upTo, days, filters } = asked;
  const causes = new Map<number, Map<number, MutableMovement>>();
  for (const { source, above, sign, money } of partsOf(metric.formula)) {
    for (const fact of await sight.reader.between(sight.pin, source.metric, after, upTo)) {
      if (source.first === true && (fact.class & 1) === 0) continue;
      if (!isWithin(fact, days) || !passes(fact.dims, filters)) continue;
      const events = ofKey(causes, fact.cause, () => new Map<number, MutableMovement>());
      const event = ofKey(events, fact.position, () => ({ count: 0, value: 0, below: 0 }));
      if (above) {
        event.count += fact.n;
        event.value += sign * fact.n * fact.value;
      } else event.below += money === true ? fact.n * fact.value : fact.n;
    }
  }
  return [...causes]
    .map(([cause, events]): Change => {
      const moved = [...events].map(([position, movement]) => ({ position, ...movement }));
      const sum = (of: (one: Movement) => number): number => moved.reduce((total, one) => total + of(one), 0);
      return {
        cause: CAUSES[cause] ?? 'correction',
        count: sum(({ count }) => count),
        value: sum(({ value }) => value),
        below: sum(({ below }) => below),
        events: moved.sort((a, b) => byMovement(a, b) || a.position - b.position),
      };
    })
    .sort(byMovement);
}

type MutableMovement = { -readonly [Name in keyof Movement]: Movement[Name] };

const byMovement = (a: Movement, b: Movement): number =>
  Math.abs(b.value) - Math.abs(a.value) ||
  Math.abs(b.count) - Math.abs(a.count) ||
  Math.abs(b.below) - Math.abs(a.below);

interface Part {
  readonly source: Source;
  /** Above a ratio's line; everything of other figures. */
  readonly above: boolean;
  readonly sign: 1 | -1;
  /** What stands below the line is an amount, not a number of facts. */
  readonly money?: true;
}

function partsOf(formula: Formula): readonly Part[] {
  const parts = (sources: readonly Source[], above = true, sign: 1 | -1 = 1): readonly Part[] =>
    sources.map((source) => ({ source, above, sign }));
  switch (formula.kind) {
    // Of stays, the finished ones: those that go on are an age, not a sum.
    case 'count':
    case 'sum':
    case 'duration':
      return parts([formula.of]);
    case 'money-per':
      return [...parts([formula.money]), ...parts([formula.each], false)];
    case 'return':
      return [
        ...parts([formula.plus]),
        ...parts(formula.minus, true, -1),
        ...parts([formula.below], false).map((part): Part => ({ ...part, money: true })),
      ];
    case 'money':
      return [...parts(formula.plus), ...parts(formula.minus, true, -1)];
    case 'ratio':
      return [...parts(formula.numerator), ...parts(formula.denominator, false)];
  }
}

function ofKey<V>(map: Map<number, V>, key: number, made: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = made();
    map.set(key, value);
  }
  return value;
}

export const isWithin = (fact: StoredFact, { from, to }: DayRange): boolean =>
  (from === null || fact.day >= from) && (to === null || fact.day <= to);

export function passes(dims: Dims, filters: Filters): boolean {
  for (const [name, allowed] of filters) {
    const place = (DIMENSIONS as readonly string[]).indexOf(name);
    const value = place >= 0 ? dims.values[place] : dims.custom?.find(([own]) => own === name)?.[1];
    if (!allowed.has(value ?? null)) return false;
  }
  return true;
}
