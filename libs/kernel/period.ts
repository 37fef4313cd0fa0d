import { Temporal } from 'temporal-polyfill';
import { dayText, parseDay, type DayNumber } from './time.js';

/** A stretch of days, both ends included. `text` is present when it was asked for by name (`2026-Q1`). */
export interface Period {
  readonly from: DayNumber;
  readonly to: DayNumber;
  readonly text?: string;
}

export const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof GRAINS)[number];

/** One piece of a period, named as `parsePeriod` reads it; the first and last are cut to the period. */
export interface Bucket extends Period {
  readonly text: string;
}

/**
 * Reads `2026`, `2026-Q1`, `2026-03`, `2026-W10` (ISO 8601), `2026-03-01`, `FY2026`, `FY2026-Q1`; null for anything else.
 * FY2026 is the fiscal year that ends in 2026; where it starts on 01-01 it is the calendar year.
 */
export function parsePeriod(text: string, fiscalYearStart: string): Period | null {
  const match = PERIOD.exec(text);
  if (match === null) return null;
  const [, fiscal, yearText, quarter, week, month, day] = match;
  const year = Number(yearText);
  if (fiscal !== undefined) {
    if (week !== undefined || month !== undefined) return null;
    const start = fiscalStart(year, fiscalYearStart);
    return quarter === undefined ? months(text, start, 0, 12) : months(text, start, 3 * (Number(quarter) - 1), 3);
  }
  const start = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  if (quarter !== undefined) return months(text, start, 3 * (Number(quarter) - 1), 3);
  if (week !== undefined) return isoWeek(text, year, Number(week));
  if (month === undefined) return months(text, start, 0, 12);
  if (Number(month) < 1 || Number(month) > 12) return null;
  if (day === undefined) return months(text, start, Number(month) - 1, 1);
  const number = parseDay(text);
  return number === null ? null : { from: number, to: number, text };
}

/** The period of the same kind just before; for a plain stretch of days the equally long one before it. */
export function previousPeriod(period: Period, fiscalYearStart: string): Period {
  const name = period.text === undefined ? null : previousName(period.text, period.from);
  const named = name === null ? null : parsePeriod(name, fiscalYearStart);
  return named ?? { from: period.from - (period.to - period.from + 1), to: period.from - 1 };
}

/** The name of the day, ISO week, month, quarter or year that the day lies in: `2026-03`, `2026-W10`. */
export function grainLabel(day: DayNumber, grain: Grain): string {
  const labels = LABELS[grain];
  let label = labels.get(day);
  if (label === undefined) {
    label = computeLabel(day, grain);
    labels.set(day, label);
  }
  return label;
}

/** The grain's pieces in order; together they are exactly the period. */
export function bucketsOf(period: Period, grain: Grain): Bucket[] {
  const buckets: Bucket[] = [];
  for (let from = period.from; from <= period.to;) {
    const to = Math.min(lastDayOf(from, grain), period.to);
    buckets.push({ from, to, text: grainLabel(from, grain) });
    from = to + 1;
  }
  return buckets;
}

// Years from 1000 on: a year is written with four digits, and nothing older was ever sold.
const PERIOD = /^(FY)?([1-9]\d{3})(?:-Q([1-4])|-W(\d{2})|-(\d{2})(?:-(\d{2}))?)?$/;

const LABELS: Readonly<Record<Grain, Map<DayNumber, string>>> = {
  day: new Map(),
  week: new Map(),
  month: new Map(),
  quarter: new Map(),
  year: new Map(),
};

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const dateOf = (day: DayNumber): Temporal.PlainDate => EPOCH.add({ days: day });
const dayOfDate = (date: Temporal.PlainDate): DayNumber => EPOCH.until(date, { largestUnit: 'day' }).days;

/** `count` months from `offset` months after `start`; each end counts from the start, so that quarters meet even when a fiscal year starts on a 31st. */
function months(text: string, start: Temporal.PlainDate, offset: number, count: number): Period {
  return {
    from: dayOfDate(start.add({ months: offset })),
    to: dayOfDate(start.add({ months: offset + count })) - 1,
    text,
  };
}

function fiscalStart(year: number, fiscalYearStart: string): Temporal.PlainDate {
  const [month, day] = fiscalYearStart.split('-').map(Number);
  return Temporal.PlainDate.from({
    year: fiscalYearStart === '01-01' ? year : year - 1,
    month: month ?? 1,
    day: day ?? 1,
  });
}

function isoWeek(text: string, year: number, week: number): Period | null {
  // 4 January lies in week 1 by definition.
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const from = dayOfDate(fourth) - (fourth.dayOfWeek - 1) + 7 * (week - 1);
  return grainLabel(from, 'week') === text ? { from, to: from + 6, text } : null;
}

function previousName(text: string, from: DayNumber): string | null {
  const fiscal = /^FY(\d{4})(?:-Q(\d))?$/.exec(text);
  if (fiscal !== null) {
    const [, year, quarter] = fiscal;
    if (quarter === undefined) return `FY${Number(year) - 1}`;
    return quarter === '1' ? `FY${Number(year) - 1}-Q4` : `FY${Number(year)}-Q${Number(quarter) - 1}`;
  }
  return grainLabel(from - 1, grainOfName(text));
}

function grainOfName(text: string): Grain {
  if (text.includes('Q')) return 'quarter';
  if (text.includes('W')) return 'week';
  if (text.length === 4) return 'year';
  return text.length === 7 ? 'month' : 'day';
}

function computeLabel(day: DayNumber, grain: Grain): string {
  const text = dayText(day);
  switch (grain) {
    case 'day':
      return text;
    case 'month':
      return text.slice(0, 7);
    case 'year':
      return text.slice(0, 4);
    case 'quarter':
      return `${text.slice(0, 4)}-Q${Math.ceil(Number(text.slice(5, 7)) / 3)}`;
    case 'week': {
      const date = dateOf(day);
      return `${(date.yearOfWeek ?? 0).toString().padStart(4, '0')}-W${(date.weekOfYear ?? 0).toString().padStart(2, '0')}`;
    }
  }
}

function lastDayOf(day: DayNumber, grain: Grain): DayNumber {
  if (grain === 'day') return day;
  const date = dateOf(day);
  if (grain === 'week') return day + 7 - date.dayOfWeek;
  if (grain === 'year') return dayOfDate(date.with({ month: 12, day: 31 }));
  const month = grain === 'month' ? date.month : Math.ceil(date.month / 3) * 3;
  return dayOfDate(date.with({ month, day: 1 }).add({ months: 1 })) - 1;
}
