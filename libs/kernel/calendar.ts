import { Temporal } from 'temporal-polyfill';
import { DomainError } from './errors.js';
import type { DayNumber, Instant } from './time.js';

/** The organisation's days: a day is the stretch from its first instant in the zone to the next day's first. */
export interface Calendar {
  /** IANA name. */
  readonly timeZone: string;
  /** `MM-DD`; see `period.ts`. */
  readonly fiscalYearStart: string;
  /** The day that the instant lies in. Never falls while instants grow; cheap enough for every event of a replay. */
  dayOf(at: Instant): DayNumber;
  /** First instant of the day: 00:00, or the end of the gap where the clocks skip it. A day that the zone skipped altogether is empty. */
  startOfDay(day: DayNumber): Instant;
  /**
   * A wall-clock time of this zone (`2026-03-01T09:30`, seconds and fractions allowed) as an instant, null when it is not one. A time that
   * happens twice is the earlier, one that is skipped moves forward by the gap.
   */
  instantOf(local: string): Instant | null;
}

/** Throws `CALENDAR.UNKNOWN_TIME_ZONE` and `CALENDAR.BAD_FISCAL_YEAR_START`. */
export function calendar(timeZone: string, fiscalYearStart: string): Calendar {
  assertTimeZone(timeZone);
  assertFiscalYearStart(fiscalYearStart);
  const startOfDay = timeZone === 'UTC' ? (day: DayNumber): Instant => day * MS_PER_DAY : rememberedStarts(timeZone);
  return {
    timeZone,
    fiscalYearStart,
    startOfDay,
    // No zone is a whole day away from UTC, so the UTC day is off by one at most.
    dayOf: (at) => {
      const day = Math.floor(at / MS_PER_DAY);
      if (at < startOfDay(day)) return day - 1;
      return at < startOfDay(day + 1) ? day : day + 1;
    },
    instantOf: (local) => instantOf(timeZone, local),
  };
}

/** The calendar of an organisation, made once for each object that describes it. Throws as `calendar` does. */
export function calendarOf(organisation: Pick<Calendar, 'timeZone' | 'fiscalYearStart'>): Calendar {
  let made = CALENDARS.get(organisation);
  if (made === undefined)
    CALENDARS.set(organisation, (made = calendar(organisation.timeZone, organisation.fiscalYearStart)));
  return made;
}
const CALENDARS = new WeakMap<object, Calendar>();

/** Throws `CALENDAR.UNKNOWN_TIME_ZONE` unless it is an IANA name; a bare offset has no daylight saving and is refused. */
export function assertTimeZone(timeZone: string): void {
  try {
    if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError('not a name');
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    throw new DomainError(
      'malformed',
      'CALENDAR.UNKNOWN_TIME_ZONE',
      `"${timeZone}" is not an IANA time zone such as Europe/Berlin`,
    );
  }
}

/** Throws `CALENDAR.BAD_FISCAL_YEAR_START` unless it is a day that every year has, as `MM-DD`. */
export function assertFiscalYearStart(text: string): void {
  const match = /^(\d{2})-(\d{2})$/.exec(text);
  const month = Number(match?.[1]);
  const day = Number(match?.[2]);
  // 2001 has no 29 February.
  if (match === null || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(2001, month, 0)).getUTCDate()) {
    throw new DomainError(
      'malformed',
      'CALENDAR.BAD_FISCAL_YEAR_START',
      `"${text}" is not a day of every year as MM-DD, such as 04-01`,
    );
  }
}

const MS_PER_DAY = 86_400_000;
/** 1900-01-01 to 2199-12-31: 0.9 MB a zone, and a plain array read for each event. */
const FIRST = Date.UTC(1900, 0, 1) / MS_PER_DAY;
const LAST = Date.UTC(2199, 11, 31) / MS_PER_DAY;

function rememberedStarts(timeZone: string): (day: DayNumber) => Instant {
  const starts = new Float64Array(LAST - FIRST + 1).fill(NaN);
  return (day) => {
    const known = starts[day - FIRST];
    if (known === undefined) return computeStart(timeZone, day);
    if (!Number.isNaN(known)) return known;
    const start = computeStart(timeZone, day);
    starts[day - FIRST] = start;
    return start;
  };
}

const EPOCH = Temporal.PlainDate.from('1970-01-01');

const computeStart = (timeZone: string, day: DayNumber): Instant =>
  EPOCH.add({ days: day }).toZonedDateTime(timeZone).epochMilliseconds;

const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?$/;

function instantOf(timeZone: string, local: string): Instant | null {
  if (!LOCAL.test(local)) return null;
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return null;
  }
}
