import type { Calendar } from '#kernel/calendar.js';
import { grainLabel, parsePeriod, type Period } from '#kernel/period.js';
import { malformed } from '#kernel/errors.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import type { PlanTerms } from './terms.js';

export type BonusGrain = PlanTerms['grain'];

/** Name of a month or quarter: `2026-03`, `2026-Q1`. Names of one grain sort as text in the order of time. */
export type PeriodName = string;

export const grainOf = (period: PeriodName): BonusGrain => (period.includes('Q') ? 'quarter' : 'month');

/** The period in which bonuses of that moment are booked. */
export const periodOf = (at: Instant, grain: BonusGrain, calendar: Pick<Calendar, 'dayOf'>): PeriodName =>
  grainLabel(calendar.dayOf(at), grain);

/** First and last day. Throws `BONUS.BAD_PERIOD` (400) for anything but a calendar month or quarter. */
export function daysOf(period: PeriodName): Period & { readonly text: string } {
  const parsed = /^\d{4}-(Q[1-4]|\d{2})$/.test(period) ? parsePeriod(period, '01-01') : null;
  if (parsed === null)
    throw malformed(
      'BONUS.BAD_PERIOD',
      `"${period}" is not a period of bonuses: a month as 2026-03 or a quarter as 2026-Q1`,
    );
  return { from: parsed.from, to: parsed.to, text: period };
}

export function nextPeriod(period: PeriodName): PeriodName {
  let next = NEXT.get(period);
  if (next === undefined) NEXT.set(period, (next = grainLabel(daysOf(period).to + 1, grainOf(period))));
  return next;
}
const NEXT = new Map<PeriodName, PeriodName>();

/** The later of two periods of one grain. */
export const laterOf = (one: PeriodName, other: PeriodName): PeriodName => (one > other ? one : other);

/** The day on which a member must still be there to be paid for the period. */
export const paydayOf = (period: PeriodName, daysAfterPeriod: number): DayNumber => daysOf(period).to + daysAfterPeriod;
