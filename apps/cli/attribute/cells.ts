import { BadCell } from './table-file.js';

/** A count or an amount: 0 or more. Spaces in it do not count, nor do thousands marks where the decimal mark is a comma. */
export function numberIn(cell: string, column: string, decimal: '.' | ','): number {
  const bare = cell.replace(/[\s\u00a0\u202f]/g, '');
  const plain =
    decimal === '.'
      ? bare
      : /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare)
        ? bare.replaceAll('.', '').replace(',', '.')
        : bare.replace(',', '.');
  if (cell === '') throw new BadCell(column, 'it is empty');
  if (
    !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(plain) ||
    !Number.isFinite(Number(plain)) ||
    (decimal === ',' && /\d\.\d/.test(bare) && !bare.includes(',') && !/^-?\d{1,3}(\.\d{3})+$/.test(bare))
  )
    throw new BadCell(column, `"${cell}" is not a number with the decimal mark "${decimal}"`);
  if (Number(plain) < 0) throw new BadCell(column, `${cell} is below 0`);
  return Number(plain);
}

/** An empty cell is 0. */
export const numberOrNothing = (cell: string, column: string, decimal: '.' | ','): number =>
  cell === '' ? 0 : numberIn(cell, column, decimal);

export function textIn(cell: string, column: string): string {
  if (cell === '') throw new BadCell(column, 'it is empty');
  return cell;
}
