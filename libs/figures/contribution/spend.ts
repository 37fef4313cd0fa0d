import type { SpendEntry } from '../history/spend-fold.js';
import { METRIC, type Fact } from './fact.js';

/** What one spend gives: the amount, and the impressions and clicks that are known, on its own day. */
export function spendFacts({ day, dims, value, impressions, clicks }: SpendEntry): Fact[] {
  const fact = (metric: number, value: number): Fact => ({ metric, day, dims, n: 1, value, class: 0 });
  return [
    fact(METRIC.spend, value),
    ...(impressions === null ? [] : [fact(METRIC.impressions, impressions)]),
    ...(clicks === null ? [] : [fact(METRIC.clicks, clicks)]),
  ];
}
