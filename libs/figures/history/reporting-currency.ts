import { DomainError } from '#kernel/errors.js';
import { convertMoney, type Money, type Rate } from '#kernel/money.js';
import type { Conversion } from './history.js';

/** How amounts of this currency become the organisation's: by the given rate, else by one known before. Throws `FIGURES.NO_RATE`. */
export function conversionOf(money: Money, rate: Rate | null, known: Conversion | null, currency: string): Conversion {
  if (money.currency === currency) return { currency, rate: null };
  if (rate?.to === currency) return { currency: money.currency, rate: rate.value };
  if (known?.currency === money.currency) return known;
  throw new DomainError(
    'unprocessable',
    'FIGURES.NO_RATE',
    `an amount in ${money.currency} came without a rate to ${currency}`,
  );
}

/** Minor units in the organisation's currency. */
export function inReportingCurrency(minor: number, conversion: Conversion, currency: string): number {
  if (conversion.rate === null || minor === 0) return minor;
  const rate = { to: currency, value: conversion.rate, source: null, on: null };
  return convertMoney({ minor, currency: conversion.currency }, rate, currency).minor;
}
