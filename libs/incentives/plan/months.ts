import type { DayNumber } from '#kernel/time.js';

const MS_PER_DAY = 86_400_000;

/** The same day of the month so many months later, its last day where the month has no such day. */
export function monthsLater(day: DayNumber, months: number): DayNumber {
  const date = new Date(day * MS_PER_DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / MS_PER_DAY;
}
