import type { DayNumber } from '#kernel/time.js';
import type { Dims } from '../history/dimensions.js';
import { METRIC, type Fact } from './fact.js';

/** Says that a fact of `metric` stands on a day that an import had to assume. */
export const assumedFact = (metric: number, day: DayNumber, dims: Dims): Fact => ({
  metric: METRIC.assumed,
  day,
  dims,
  n: 1,
  value: 0,
  class: metric,
});
