import { convertMoney, type Money, type Rate } from '#kernel/money.js';
import { badField } from './asked.js';

export interface Priced {
  readonly value: Money | null;
  /** null unless the value is in another currency than the organisation's. */
  readonly rate: Rate | null;
}

/**
 * A deal's value with the rate that it needs. A value in the currency of the one before keeps that one's rate where none is given.
 * Throws `DEAL.NEGATIVE_VALUE`, `DEAL.RATE_WITHOUT_VALUE` (400) and `MONEY.NO_RATE` (422).
 */
export function priced(value: Money | null, rate: Rate | null | undefined, currency: string, before?: Priced): Priced {
  if (value === null) {
    if (rate != null) throw badField('DEAL.RATE_WITHOUT_VALUE', '/rate', 'a rate needs a value');
    return { value: null, rate: null };
  }
  if (value.minor < 0) throw badField('DEAL.NEGATIVE_VALUE', '/value', 'the value of a deal is 0 or more');
  const kept = before?.value?.currency === value.currency ? before.rate : null;
  return { value, rate: rateFor(value, rate ?? kept, currency) };
}

/** The rate as it is recorded with an amount: null where none is needed; throws `MONEY.NO_RATE` (422) where it is missing or leads elsewhere. */
export function rateFor(amount: Money, rate: Rate | null | undefined, currency: string): Rate | null {
  convertMoney(amount, rate ?? null, currency);
  return amount.currency === currency ? null : (rate ?? null);
}

/** Throws 400 with this code. */
export function assertPositive(amount: Money, code: string, pointer: string): void {
  if (amount.minor <= 0) throw badField(code, pointer, 'the amount must be above 0');
}

/** Throws 400 with this code: tax and costs are 0 or more. */
export function assertNotNegative(amount: Money | null, code: string, pointer: string): void {
  if (amount !== null && amount.minor < 0) throw badField(code, pointer, 'the amount must be 0 or more');
}
