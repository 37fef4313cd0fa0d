import { DomainError } from '#kernel/errors.js';
import { parseMoney, type Money } from '#kernel/money.js';

/**
 * Reads a cell such as `1054`, `1,054.00` or (decimal `,`) `1.054,00`; thousands marks and spaces are ignored, digits beyond the currency's are
 * allowed only when they are 0. Throws `MONEY.*`.
 */
export function parseAmount(cell: string, currency: string, decimal: '.' | ','): Money {
  const text = cell.replace(/[\s\u00a0\u202f']/g, '');
  const shape = decimal === '.' ? /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/ : /^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/;
  if (!shape.test(text))
    throw new DomainError(
      'malformed',
      'MONEY.BAD_AMOUNT',
      `"${cell}" is not an amount with the decimal mark "${decimal}"`,
    );
  const plain = decimal === '.' ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
  return parseMoney({ amount: plain.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), currency });
}

/** A rate as money is converted by it: a decimal above 0. */
export const RATE_TEXT = /^(?=.*[1-9])\d{1,9}(\.\d{1,12})?$/;
