import { DomainError } from '#kernel/errors.js';
import type { Condition, Value } from './mapping.js';

/** Texts by column name, of one row of a lookup file. */
export type LookupRow = ReadonlyMap<string, string>;

/** Rows of the lookup files by the text in their key column. */
export type Lookups = ReadonlyMap<string, ReadonlyMap<string, LookupRow>>;

/** One row as the mapping sees it. */
export interface RowValues {
  /** The value's text, trimmed; null for "no value". Throws `CellError` where a required lookup has no such row. */
  text(value: Value | undefined): string | null;
  holds(conditions: readonly Condition[] | undefined): boolean;
}

/** A cell that cannot be used: its column is named to the person who must mend it. */
export class CellError extends DomainError {
  constructor(
    readonly column: string,
    code: string,
    detail: string,
  ) {
    super('malformed', code, detail);
  }
}

/** Column indexes of a header, made once a file. */
export type Columns = ReadonlyMap<string, number>;

export function rowValues(
  columns: Columns,
  cells: readonly string[],
  lookups: Lookups,
  nulls: ReadonlySet<string>,
): RowValues {
  const cell = (column: string, own: readonly string[] | undefined): string | null => {
    const index = columns.get(column);
    const raw = index === undefined ? '' : (cells[index] ?? '').trim();
    return raw === '' || nulls.has(raw) || own?.includes(raw) === true ? null : raw;
  };
  const text = (value: Value | undefined): string | null => {
    if (value === undefined) return null;
    if (typeof value === 'string') return cell(value, undefined);
    if ('constant' in value) return value.constant;
    if ('column' in value && !('lookup' in value)) return translated(cell(value.column, value.nulls), value.translate);
    if ('first' in value) return translated(firstOf(value.first, text), value.translate);
    const key = text(value.by);
    const row = key === null ? undefined : lookups.get(value.lookup)?.get(key);
    if (key !== null && row === undefined && value.required === true) {
      throw new CellError(columnOf(value.by), 'IMPORT.NOT_IN_LOOKUP', `"${key}" is not in the file "${value.lookup}"`);
    }
    const found = row?.get(value.column)?.trim() ?? '';
    return translated(found === '' || nulls.has(found) ? null : found, value.translate);
  };
  const holds = (conditions: readonly Condition[] | undefined): boolean =>
    conditions === undefined ||
    conditions.every(({ value, is, not, filled, negative }) => {
      const found = text(value);
      return (
        (is === undefined || is.includes(found ?? '')) &&
        (not === undefined || !not.includes(found ?? '')) &&
        (filled === undefined || filled === (found !== null)) &&
        (negative === undefined || negative === /^\s*[-\u2212(]/.test(found ?? ''))
      );
    });
  return { text, holds };
}

function firstOf(values: readonly Value[], text: (value: Value) => string | null): string | null {
  for (const value of values) {
    const found = text(value);
    if (found !== null) return found;
  }
  return null;
}

function translated(text: string | null, table: Readonly<Record<string, string | null>> | undefined): string | null {
  if (text === null || table === undefined || !Object.hasOwn(table, text)) return text;
  return table[text] ?? null;
}

/** The column that a value is read from, as far as it has one: what a person must look at. */
export function columnOf(value: Value | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if ('constant' in value) return '';
  if ('first' in value) return value.first.map(columnOf).find((column) => column !== '') ?? '';
  return 'lookup' in value ? columnOf(value.by) : value.column;
}

/** Every column of the file itself that a value reads. */
export function columnsOf(value: Value | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  if ('constant' in value) return [];
  if ('first' in value) return value.first.flatMap(columnsOf);
  return 'lookup' in value ? columnsOf(value.by) : [value.column];
}
