import { BEGIN, DAY, END, HOUR } from './company.js';
import type { Instant } from '#kernel/time.js';

/** Business grows, summers and the end of the year are quiet, weekends more so. */
const MONTHS = [1, 1.08, 1.15, 1.05, 1.05, 0.95, 0.78, 0.74, 1.12, 1.2, 1.1, 0.72];
const WEEKDAYS = [0.35, 1.1, 1.25, 1.2, 1.15, 0.95, 0.3];
/** Share of a day's leads by its hour (UTC). */
const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 13, 11, 12, 13, 12, 10, 8, 6, 5, 4, 3, 2, 1];
const YEARLY_GROWTH = 1.35;

/**
 * When a lead arrives: `share` (0 to 1) of all leads have come before it. Never falls while `share` grows, so that leads can be told one after
 * the other without sorting them.
 */
export function arrivalAt(share: number): Instant {
  const [day, within] = find(DAYS, share);
  const [hour, rest] = find(HOURS_SUM, within);
  return Math.floor(BEGIN + day * DAY + hour * HOUR + rest * HOUR);
}

const cumulative = (weights: readonly number[]): Float64Array => {
  const sums = new Float64Array(weights.length + 1);
  weights.forEach((weight, index) => (sums[index + 1] = (sums[index] ?? 0) + weight));
  const total = sums[weights.length] ?? 1;
  return sums.map((sum) => sum / total);
};

const DAYS = cumulative(
  Array.from({ length: (END - BEGIN) / DAY }, (_, day) => {
    const date = new Date(BEGIN + day * DAY);
    return (MONTHS[date.getUTCMonth()] ?? 1) * (WEEKDAYS[date.getUTCDay()] ?? 1) * YEARLY_GROWTH ** (day / 365);
  }),
);
const HOURS_SUM = cumulative(HOURS);

/** The slot that the share falls into, and how far into it. */
function find(sums: Float64Array, share: number): readonly [number, number] {
  let low = 0;
  let high = sums.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sums[middle] ?? 0) <= share) low = middle;
    else high = middle - 1;
  }
  const from = sums[low] ?? 0;
  const width = (sums[low + 1] ?? 1) - from;
  return [low, width === 0 ? 0 : Math.min(0.999_999, Math.max(0, (share - from) / width))];
}
