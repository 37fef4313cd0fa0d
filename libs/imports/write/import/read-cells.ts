import { DomainError } from '#kernel/errors.js';
import type { Money, Rate } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import { parseAmount, RATE_TEXT } from '../../mapping/amounts.js';
import type { Mapping, Value } from '../../mapping/mapping.js';
import type { ReadDayText, ReadMoment } from '../../mapping/moments.js';
import { CellError, columnOf, type RowValues } from '../../mapping/row-values.js';

/** What reading rows needs besides the row; made once an import. */
export interface ReadingRules {
  readonly mapping: Mapping;
  /** ISO 4217 of amounts that name no currency. */
  readonly currency: string;
  /** The organisation's: what other currencies need a rate to. */
  readonly reporting: string;
  readonly moment: ReadMoment;
  readonly day: ReadDayText;
  /** First instant of `undatedOn`; null where the mapping has none. */
  readonly undated: Instant | null;
}

export type Fields = Readonly<Record<string, Value>>;

export function id(value: Value, row: RowValues): string {
  const text = row.text(value);
  if (text === null) throw new CellError(columnOf(value), 'IMPORT.ID_MISSING', 'the id is missing');
  return short(text, columnOf(value));
}
export const optionalId = (value: Value | undefined, row: RowValues): string | null => {
  const text = row.text(value);
  return text === null ? null : short(text, columnOf(value));
};

/** The same limits as over HTTP. */
const SHORT = 200;
export const LONG = 4000;
export function short(text: string, column: string, most = SHORT): string {
  if (text.length > most)
    throw new CellError(column, 'IMPORT.TEXT_TOO_LONG', `${text.length} characters; at most ${most} are taken`);
  if (text.includes('\0')) throw new CellError(column, 'IMPORT.BAD_TEXT', 'the text holds a NUL character');
  return text;
}

export function reader(fields: Fields | undefined, row: RowValues) {
  const text = (name: string, most = SHORT): string | null => {
    const value = fields?.[name];
    const found = row.text(value);
    return found === null ? null : short(found, columnOf(value), most);
  };
  const choice = <Choice extends string>(name: string, allowed: readonly Choice[]): Choice | null => {
    const found = text(name);
    if (found === null) return null;
    const known = allowed.find((one) => one === found);
    if (known === undefined)
      throw new CellError(
        columnOf(fields?.[name]),
        'IMPORT.UNKNOWN_VALUE',
        `"${found}" is not one of ${allowed.join(', ')}`,
      );
    return known;
  };
  return { text, choice, column: (name: string) => columnOf(fields?.[name]) };
}

export function code(text: string | null, column: string): string | null {
  if (text !== null && !/^[a-z0-9-]{1,64}$/.test(text)) {
    throw new CellError(
      column,
      'IMPORT.BAD_REASON',
      `"${text}" is no reason code (lower-case letters, digits and "-"); translate it in the mapping`,
    );
  }
  return text;
}

export function dimensionsOf(fields: Fields | undefined, row: RowValues): Readonly<Record<string, string>> {
  const dimensions: Record<string, string> = {};
  for (const name of Object.keys(fields ?? {})) {
    if (!name.startsWith('dimension.')) continue;
    const text = reader(fields, row).text(name);
    if (text !== null) dimensions[name.slice('dimension.'.length)] = text;
  }
  return dimensions;
}

export function money(name: string, fields: Fields | undefined, row: RowValues, rules: ReadingRules): Money | null {
  const { text, column } = reader(fields, row);
  const amount = text(name);
  if (amount === null) return null;
  try {
    return parseAmount(amount, text('currency')?.toUpperCase() ?? rules.currency, rules.mapping.decimal ?? '.');
  } catch (error) {
    if (error instanceof DomainError) throw new CellError(column(name), error.code, error.detail);
    throw error;
  }
}

/**
 * The rate of a row's amount: its own, else the mapping's for its currency. Nothing where none is needed or known (the command then refuses the
 * amount), and no member at all, so that a row without one reads as it always did.
 */
export function rateOf(
  amount: Money | null,
  fields: Fields | undefined,
  row: RowValues,
  rules: ReadingRules,
): { readonly rate?: Rate } {
  if (amount === null || amount.currency === rules.reporting) return {};
  const { text, column } = reader(fields, row);
  const own = text('rate');
  const on = text('rateOn');
  if (own === null) {
    const known = rules.mapping.rates?.[amount.currency];
    if (known === undefined) return {};
    return { rate: { to: rules.reporting, value: known.value, source: known.source ?? null, on: known.on ?? null } };
  }
  const value = rules.mapping.decimal === ',' ? own.replace(',', '.') : own;
  if (!RATE_TEXT.test(value))
    throw new CellError(column('rate'), 'MONEY.BAD_RATE', `"${own}" is no rate: a decimal above 0`);
  const day = on === null ? null : rules.day(on);
  if (on !== null && day === null) throw new CellError(column('rateOn'), 'IMPORT.BAD_DATE', `"${on}" is no date`);
  return { rate: { to: rules.reporting, value, source: text('rateSource'), on: day } };
}
