import { DomainError } from './errors.js';

/** Integer minor units with an ISO 4217 code (12.50 EUR is { minor: 1250, currency: 'EUR' }); never floating point. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** What one unit of the amount's currency is worth in `to`, as a decimal string; `on` is the day of the rate. */
export interface Rate {
  readonly to: string;
  readonly value: string;
  readonly source: string | null;
  readonly on: string | null;
}

/** The wire shape: a decimal string with the currency's number of digits. */
export interface MoneyText {
  readonly amount: string;
  readonly currency: string;
}

/** Number of decimals of a currency by ISO 4217 as the runtime's ICU knows it; throws `MONEY.UNKNOWN_CURRENCY`. */
export function currencyDigits(currency: string): number {
  let digits = DIGITS.get(currency);
  if (digits === undefined) {
    if (!KNOWN.has(currency)) throw new DomainError('malformed', 'MONEY.UNKNOWN_CURRENCY', `"${currency}" is not an ISO 4217 currency`);
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    DIGITS.set(currency, digits);
  }
  return digits;
}
const DIGITS = new Map<string, number>();
const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** Reads `{amount: "1250.00", currency: "EUR"}`; fewer decimals are allowed, more are refused; throws `MONEY.*`. */
export function parseMoney(text: MoneyText): Money {
  const digits = currencyDigits(text.currency);
  const match = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text.amount);
  if (match === null) throw new DomainError('malformed', 'MONEY.BAD_AMOUNT', `"${text.amount}" is not a decimal amount`);
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > digits) {
    throw new DomainError('malformed', 'MONEY.TOO_MANY_DIGITS', `${text.currency} has ${digits} decimals, "${text.amount}" has ${fraction.length}`);
  }
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) throw new DomainError('malformed', 'MONEY.TOO_LARGE', `"${text.amount}" is too large`);
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency: text.currency };
}

/** Minor units as decimal text: (125000, 'EUR') is "1250.00". */
export function minorText(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = Math.abs(minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export const moneyText = (money: Money): MoneyText => ({ amount: minorText(money.minor, money.currency), currency: money.currency });
