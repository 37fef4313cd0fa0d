import { malformed } from '#kernel/errors.js';
import type { Calendar } from '#kernel/calendar.js';
import { parseDay, parseInstant, type Instant } from '#kernel/time.js';

/** Reads one cell as a moment; null when it is none. */
export type ReadMoment = (text: string) => Instant | null;

/** Reads one cell as a day of the calendar (`2026-03-01`); null when it is none. */
export type ReadDayText = (text: string) => string | null;

/** What a mapping says about dates. */
export interface DateRules {
  /** Days are the organisation's days. */
  readonly organisation: Calendar;
  /** Calendar of times without a zone; null when the mapping names none (such a time is then no moment). */
  readonly zone: Calendar | null;
  /** Layout of dates that are not ISO 8601. */
  readonly layout?: string;
}

/**
 * ISO 8601 always works: `2018-02-26T19:58:54Z` as it is, `2018-02-26 19:58:54` in the mapping's zone, `2018-02-26` as the first instant of that
 * day in the organisation's zone. A layout adds one more way to write the last two.
 */
export function momentReader(rules: DateRules): ReadMoment {
  const layout = rules.layout === undefined ? null : dateLayout(rules.layout);
  return (text) => {
    const local = ISO_LIKE.test(text) ? text : (layout?.(text) ?? text);
    const day = parseDay(local);
    if (day !== null) return rules.organisation.startOfDay(day);
    return parseInstant(local.replace(' ', 'T')) ?? rules.zone?.instantOf(local) ?? null;
  };
}

/** The day part of a date or time as it is written, in no zone. */
export function dayReader(layoutText: string | undefined): ReadDayText {
  const layout = layoutText === undefined ? null : dateLayout(layoutText);
  return (text) => {
    const local = (ISO_LIKE.test(text) ? text : (layout?.(text) ?? text)).slice(0, 10);
    return parseDay(local) === null ? null : local;
  };
}

const ISO_LIKE = /^\d{4}-\d{2}-\d{2}/;

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  A: '(?<half>[AaPp][Mm])',
};

/**
 * Compiles a layout of YYYY MM DD HH (hh with A for am and pm) mm ss to a function that rewrites such a text as `2018-02-26` or
 * `2018-02-26T19:58:54`, null when it does not fit. The time may be missing from the text. Throws `IMPORT.BAD_DATE_LAYOUT`.
 */
export function dateLayout(layout: string): (text: string) => string | null {
  const seen = new Set<string>();
  const pattern = layout.replace(/YYYY|MM|DD|HH|hh|mm|ss|A|[^A-Za-z]|[A-Za-z]+/g, (part) => {
    const token = TOKENS[part];
    if (token === undefined && /[A-Za-z]/.test(part) && part !== 'T') throw badLayout(layout);
    if (token === undefined) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    if (seen.has(part.toUpperCase() === 'HH' ? 'HH' : part)) throw badLayout(layout);
    seen.add(part.toUpperCase() === 'HH' ? 'HH' : part);
    return token;
  });
  if (!seen.has('YYYY') || !seen.has('MM') || !seen.has('DD') || (layout.includes('hh') && !seen.has('A')))
    throw badLayout(layout);
  const time = pattern.search(/[ T,]+\(\?<hour>/);
  const expression = new RegExp(time < 0 ? `^${pattern}$` : `^${pattern.slice(0, time)}(?:${pattern.slice(time)})?$`);
  return (text) => {
    const parts = expression.exec(text)?.groups;
    if (parts === undefined) return null;
    const date = `${parts['year'] ?? ''}-${pad(parts['month'])}-${pad(parts['day'])}`;
    if (parts['hour'] === undefined) return date;
    const hour = hourOf(Number(parts['hour']), parts['half']);
    return hour === null ? null : `${date}T${pad(String(hour))}:${parts['minute'] ?? '00'}:${parts['second'] ?? '00'}`;
  };
}

const pad = (text: string | undefined): string => (text ?? '').padStart(2, '0');

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

const badLayout = (layout: string): Error =>
  malformed(
    'IMPORT.BAD_DATE_LAYOUT',
    `"${layout}" is no date layout; it takes YYYY, MM and DD once each, and HH or hh with A, mm, ss`,
  );
