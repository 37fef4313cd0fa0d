import { Temporal } from 'temporal-polyfill';
import { dayText, parseDay, type DayNumber } from '#kernel/time.js';

/** The same day of the month so many months later, its last day where the month has no such day. */
export function monthsLater(day: DayNumber, months: number): DayNumber {
  const later = Temporal.PlainDate.from(dayText(day)).add({ months }).toString();
  const number = parseDay(later);
  if (number === null) throw new RangeError(`${later} is no day`);
  return number;
}
