import { convert, dinero, halfEven, toSnapshot, transformScale, type DineroCurrency } from 'dinero.js/bigint';
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
    if (!KNOWN.has(currency))
      throw new DomainError('malformed', 'MONEY.UNKNOWN_CURRENCY', `"${currency}" is not an ISO 4217 currency`);
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
  if (match === null)
    throw new DomainError('malformed', 'MONEY.BAD_AMOUNT', `"${text.amount}" is not a decimal amount`);
  const [, sign, whole = '', fraction = ''] = match;
  if (fraction.length > digits) {
    throw new DomainError(
      'malformed',
      'MONEY.TOO_MANY_DIGITS',
      `${text.currency} has ${digits} decimals, "${text.amount}" has ${fraction.length}`,
    );
  }
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor))
    throw new DomainError('malformed', 'MONEY.TOO_LARGE', `"${text.amount}" is too large`);
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency: text.currency };
}

/** Minor units as decimal text: (125000, 'EUR') is "1250.00". */
export function minorText(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const text = Math.abs(minor)
    .toString()
    .padStart(digits + 1, '0');
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export const moneyText = (money: Money): MoneyText => ({
  amount: minorText(money.minor, money.currency),
  currency: money.currency,
});

/** The sum, in the parts' one currency; throws `MONEY.MIXED_CURRENCIES` and `MONEY.TOO_LARGE`. */
export function addMoney(first: Money, ...others: readonly Money[]): Money {
  let minor = first.minor;
  for (const other of others) {
    if (other.currency !== first.currency) {
      throw new DomainError(
        'unprocessable',
        'MONEY.MIXED_CURRENCIES',
        `${first.currency} and ${other.currency} cannot be added`,
      );
    }
    minor += other.minor;
  }
  return { minor: safe(minor), currency: first.currency };
}

/**
 * The amount in currency `to`: unchanged where it is in that currency already, else by the rate that was recorded with it, rounded half to
 * even (no drift in sums, and -x becomes exactly minus what x becomes). Throws `MONEY.NO_RATE` (422) when there is no rate to `to`.
 */
export function convertMoney(money: Money, rate: Rate | null, to: string): Money {
  if (money.currency === to) return money;
  const scaled = rate?.to === to ? decimal(rate.value) : null;
  if (scaled === null) {
    throw new DomainError(
      'unprocessable',
      'MONEY.NO_RATE',
      `an amount in ${money.currency} needs a rate to ${to}, a decimal above 0`,
    );
  }
  const source = dinero({ amount: BigInt(money.minor), currency: dineroCurrency(money.currency) });
  const target = dineroCurrency(to);
  const exact = convert(source, target, { [to]: scaled });
  return { minor: safe(Number(toSnapshot(transformScale(exact, target.exponent, halfEven)).amount)), currency: to };
}

/**
 * Each part in currency `to` as the growth of the converted running total, so that parts sum to what their whole converts to: a payment
 * refunded in several parts nets to exactly 0 like one refunded at once. The order of the parts decides where a rounded unit falls.
 */
export function convertParts(parts: readonly Money[], rate: Rate | null, to: string): Money[] {
  let before = 0;
  let total: Money | null = null;
  return parts.map((part) => {
    total = total === null ? part : addMoney(total, part);
    const after = convertMoney(total, rate, to).minor;
    const grown = after - before;
    before = after;
    return { minor: grown, currency: to };
  });
}

/**
 * Splits by largest remainder: part i is `total * weights[i] / sum` rounded down, and the units left over go to the largest remainders, the
 * earlier part first among equals. Parts sum to the whole, a weight of 0 gets 0, a negative total splits as the mirror of the positive one.
 * (dinero.js gives left-over units to the first parts instead, whatever their remainder.) Throws RangeError without a weight above 0.
 */
export function splitMoney(total: Money, weights: readonly number[]): Money[] {
  const shares = exactWeights(weights);
  const sum = shares.reduce((a, b) => a + b, 0n);
  const whole = BigInt(Math.abs(total.minor));
  const sign = total.minor < 0 ? -1 : 1;
  const parts = shares.map((share, index) => ({
    index,
    minor: Number((whole * share) / sum),
    rest: (whole * share) % sum,
  }));
  const left = Number(whole) - parts.reduce((a, part) => a + part.minor, 0);
  const byRemainder = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const part of byRemainder.slice(0, left)) part.minor += 1;
  return parts.map(({ minor }) => ({ minor: minor === 0 ? 0 : sign * minor, currency: total.currency }));
}

/** A rate's value as a scaled integer, null unless it is decimal text above 0. */
function decimal(text: string): { amount: bigint; scale: bigint } | null {
  const match = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  const amount = BigInt(whole + fraction);
  return amount === 0n ? null : { amount, scale: BigInt(fraction.length) };
}

const dineroCurrency = (code: string): DineroCurrency<bigint> => ({
  code,
  base: 10n,
  exponent: BigInt(currencyDigits(code)),
});

/** Exact: scaling by a power of two keeps a double's digits. What lies below 2^-104 of the largest is dropped. */
function exactWeights(weights: readonly number[]): bigint[] {
  const largest = Math.max(0, ...weights);
  if (!(largest >= 1e-200) || !Number.isFinite(largest) || weights.some((weight) => !(weight >= 0))) {
    throw new RangeError('weights must be 0 or more, finite, and one of them above 0');
  }
  const scale = 2 ** (104 - Math.floor(Math.log2(largest)));
  return weights.map((weight) => BigInt(Math.round(weight * scale)));
}

function safe(minor: number): number {
  if (!Number.isSafeInteger(minor))
    throw new DomainError('unprocessable', 'MONEY.TOO_LARGE', 'the amount is too large');
  return minor;
}
