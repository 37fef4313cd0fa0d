import { malformed, type FieldError } from '#kernel/errors.js';
import { GRAINS, parsePeriod, type Grain } from '#kernel/period.js';
import { parsePosition, type Position } from '#kernel/position.js';
import { parseDay, parseInstant, type DayNumber, type Instant } from '#kernel/time.js';
import { valuesOf, type Query } from '#platform/questions/query-parameters.js';

/** The days that a report covers; null: open. `text` as it was asked for by name. */
export interface AskedPeriod {
  readonly from: DayNumber | null;
  readonly to: DayNumber | null;
  readonly text: string | null;
}

export interface CommonParameters {
  readonly period: AskedPeriod;
  readonly grain: Grain | 'total';
  readonly by: readonly string[];
  /** Dimension names, not yet known to exist; null stands for "no value". */
  readonly filters: ReadonlyMap<string, ReadonlySet<string | null>>;
  readonly knownAt: Instant | null;
  readonly minPosition: Position | null;
  readonly format: 'json' | 'csv';
}

/** Reads parameters one by one and collects what is wrong, so that one answer names everything. */
export interface ParameterReader {
  one(name: string): string | null;
  list(name: string): readonly string[];
  wrong(name: string, code: string, detail: string): void;
  /** Throws 400 with the first error's code and all of them. */
  finish(): void;
}

export function parameterReader(raw: Query): ParameterReader {
  const errors: FieldError[] = [];
  const wrong = (name: string, code: string, detail: string): void =>
    void errors.push({ pointer: `/${name}`, code, detail });
  return {
    one(name) {
      const [value, second] = valuesOf(raw, name);
      if (second !== undefined) wrong(name, 'QUERY.REPEATED_PARAMETER', `${name} is given more than once`);
      return value ?? null;
    },
    list: (name) =>
      valuesOf(raw, name)
        .flatMap((value) => value.split(','))
        .map((value) => value.trim()),
    wrong,
    finish() {
      const [first] = errors;
      if (first !== undefined) throw malformed(first.code, errors.map(({ detail }) => detail).join('; '), errors);
    },
  };
}

export const COMMON_PARAMETERS = ['period', 'from', 'to', 'grain', 'by', 'knownAt', 'minPosition', 'format'] as const;

/** What every report takes; `own` are the names of this report's further parameters, `without` those that mean nothing in it. */
export function commonParameters(
  raw: Query,
  reader: ParameterReader,
  own: readonly string[],
  fiscalYearStart: string,
  without: readonly string[] = [],
): CommonParameters {
  for (const name of without) {
    if (raw[name] !== undefined) reader.wrong(name, 'QUERY.UNKNOWN_PARAMETER', `this report takes no ${name}`);
  }
  const period = readPeriod(reader, fiscalYearStart);
  const grain = reader.one('grain') ?? 'total';
  if (!isGrain(grain))
    reader.wrong('grain', 'QUERY.BAD_GRAIN', `grain is total or one of ${GRAINS.join(', ')}, not "${grain}"`);
  const by = reader.list('by');
  if (by.includes('')) reader.wrong('by', 'QUERY.UNKNOWN_DIMENSION', 'by holds an empty name');
  if (new Set(by).size !== by.length) reader.wrong('by', 'QUERY.REPEATED_DIMENSION', 'by names a dimension twice');
  const known = new Set<string>([...COMMON_PARAMETERS, ...own]);
  const filters = new Map<string, ReadonlySet<string | null>>();
  for (const name of Object.keys(raw)) {
    if (raw[name] === undefined || known.has(name)) continue;
    filters.set(name, new Set(valuesOf(raw, name).map((text) => (text === '' ? null : text))));
  }
  return {
    period,
    grain: isGrain(grain) ? grain : 'total',
    by,
    filters,
    knownAt: readKnownAt(reader),
    minPosition: readMinPosition(reader),
    format: readFormat(reader),
  };
}

function readPeriod(reader: ParameterReader, fiscalYearStart: string): AskedPeriod {
  const text = reader.one('period');
  const from = readDay(reader, 'from');
  const to = readDay(reader, 'to');
  if (text === null) {
    if (from !== null && to !== null && from > to) reader.wrong('to', 'QUERY.BAD_PERIOD', 'to lies before from');
    return { from, to, text: null };
  }
  if (from !== null || to !== null) reader.wrong('period', 'QUERY.BAD_PERIOD', 'period goes without from and to');
  const period = parsePeriod(text, fiscalYearStart);
  if (period === null) {
    reader.wrong(
      'period',
      'QUERY.BAD_PERIOD',
      `"${text}" is not a period such as 2026, 2026-Q1, 2026-03, 2026-W10, 2026-03-01, FY2026 or FY2026-Q1`,
    );
    return { from: null, to: null, text: null };
  }
  return { from: period.from, to: period.to, text };
}

function readDay(reader: ParameterReader, name: 'from' | 'to'): DayNumber | null {
  const text = reader.one(name);
  if (text === null) return null;
  const day = parseDay(text);
  if (day === null) reader.wrong(name, 'QUERY.BAD_DAY', `${name} is a day such as 2026-03-01, not "${text}"`);
  return day;
}

function readKnownAt(reader: ParameterReader): Instant | null {
  const text = reader.one('knownAt');
  if (text === null) return null;
  // A "+" in a query stands for a space, so that an unescaped offset arrives with one.
  const instant = parseInstant(text.replace(' ', '+'));
  if (instant === null)
    reader.wrong('knownAt', 'QUERY.BAD_INSTANT', `knownAt is an instant such as 2026-03-01T09:30:00Z, not "${text}"`);
  return instant;
}

function readMinPosition(reader: ParameterReader): Position | null {
  const text = reader.one('minPosition');
  if (text === null) return null;
  const position = parsePosition(text);
  if (position === null)
    reader.wrong('minPosition', 'QUERY.BAD_POSITION', `minPosition is a position of this ledger, not "${text}"`);
  return position;
}

function readFormat(reader: ParameterReader): 'json' | 'csv' {
  const text = reader.one('format') ?? 'json';
  if (text !== 'json' && text !== 'csv')
    reader.wrong('format', 'QUERY.BAD_FORMAT', `format is json or csv, not "${text}"`);
  return text === 'csv' ? 'csv' : 'json';
}

const isGrain = (text: string): text is Grain | 'total' =>
  text === 'total' || (GRAINS as readonly string[]).includes(text);
