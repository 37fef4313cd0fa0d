import { answerFigures, type FiguresAnswer } from '#figures/report/figures.js';
import { METRICS } from '#figures/report/metrics.js';
import type { Value } from '#figures/report/values.js';
import { DomainError } from '#kernel/errors.js';
import { dayText } from '#kernel/time.js';
import type { Position } from '#kernel/position.js';
import { positionText } from '#kernel/position.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { daysOf, type PeriodName } from './bonus-period.js';
import { fractionOf, type Fraction } from './target.js';

/** A figure over a whole period, as it was known at a position. */
export interface PoolFigure {
  readonly metric: string;
  readonly period: PeriodName;
  /** null: it has no value (profit without any cost, a ratio of nothing). */
  readonly value: Fraction | null;
  readonly knownTo: number;
}

/**
 * What the glossary's metric says of the period, once it holds everything up to `position`. Throws `READ_MODEL.BEHIND` (503) where that takes too
 * long, or where a part of the figures stands still: nobody is paid by a figure that misses something.
 */
export async function poolFigure(
  side: ReadSide,
  { metric, period, position }: { readonly metric: string; readonly period: PeriodName; readonly position: Position },
): Promise<PoolFigure> {
  const { from, to } = daysOf(period);
  const answer = await answerFigures(side, {
    metrics: metric,
    from: dayText(from),
    to: dayText(to),
    minPosition: positionText(position),
  });
  const stalled = answer.warnings.find(({ code }) => code === 'PROJECTION_STALLED');
  if (stalled !== undefined) throw new DomainError('unavailable', 'READ_MODEL.BEHIND', stalled.detail);
  return { metric, period, value: valueIn(answer, metric), knownTo: Number(answer.asOf.position) };
}

function valueIn({ total }: FiguresAnswer, metric: string): Fraction | null {
  const value = total[metric] ?? null;
  const unit = METRICS.get(metric)?.unit;
  if (value === null) return null;
  if (typeof value !== 'object') return fractionOf(String(value), '1');
  if (unit === 'ratio') return ratioOf(value);
  throw new RangeError(`${metric} is no number`); // judged when the plan was drafted
}

function ratioOf(value: Exclude<Value, number | string | null>): Fraction | null {
  if (!('numerator' in value) || value.value === null || value.numerator === null) return null;
  return fractionOf(String(value.numerator), String(value.denominator));
}
