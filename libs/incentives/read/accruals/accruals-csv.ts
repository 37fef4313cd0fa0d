import { stringify } from 'csv-stringify/sync';
import type { AccrualsAnswer } from './answer-accruals.js';
import { ACCRUALS } from './accruals.js';

/** One row a plan and person, without the total. */
export const accrualsCsv = ({ rows, currency }: AccrualsAnswer): string =>
  stringify([
    ['plan', 'member', 'hasLeft', ...ACCRUALS, 'currency'],
    ...rows.map((row) => [
      row.plan,
      row.member,
      String(row.hasLeft),
      ...ACCRUALS.map((name) => row[name].amount),
      currency,
    ]),
  ]);
