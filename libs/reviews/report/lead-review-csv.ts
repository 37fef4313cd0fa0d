import { stringify } from 'csv-stringify/sync';
import type { LeadReviewsAnswer, LeadReviewRow } from './lead-reviews.js';

/** One line a row, without the total: counts, shares and means; lists of codes as `code: count; …`. No value is an empty cell. */
export function leadReviewsCsv(answer: LeadReviewsAnswer): string {
  const keys = [...(answer.grain === 'total' ? [] : ['period']), ...answer.by];
  const rows = answer.rows.map((row) => [
    ...keys.map((key) => row[key] ?? ''),
    ...COLUMNS.map(([, cell]) => cell(row)),
  ]);
  return stringify([[...keys, ...COLUMNS.map(([name]) => name)], ...rows]);
}

type Cell = string | number | null;

const listed = (codes: readonly { readonly code: string | null; readonly count: number }[]): string =>
  codes.map(({ code, count }) => `${code ?? ''}: ${count}`).join('; ');

const COLUMNS: readonly (readonly [name: string, cell: (row: LeadReviewRow) => Cell])[] = [
  ['received', ({ received }) => received],
  ['intake.reviewed.value', ({ intake }) => intake.reviewed.value],
  ['intake.reviewed.numerator', ({ intake }) => intake.reviewed.numerator],
  ['quality.mean', ({ intake }) => intake.quality.mean],
  ['quality.judged', ({ intake }) => intake.quality.judged],
  ...(['1', '2', '3', '4', '5'] as const).map(
    (grade) => [`quality.${grade}`, ({ intake }: LeadReviewRow): Cell => intake.quality.grades[grade]] as const,
  ),
  ['needs', ({ intake }) => listed(intake.needs)],
  ['challenges', ({ intake }) => listed(intake.challenges)],
  ['won', ({ outcome }) => outcome.won],
  ['lost', ({ outcome }) => outcome.lost],
  ['recycled', ({ outcome }) => outcome.recycled],
  ['disqualified', ({ outcome }) => outcome.disqualified],
  ['outcome.reviewed.value', ({ outcome }) => outcome.reviewed.value],
  ['outcome.reviewed.numerator', ({ outcome }) => outcome.reviewed.numerator],
  ['helped', ({ outcome }) => listed(outcome.helped)],
  ['wentWrong', ({ outcome }) => listed(outcome.wentWrong)],
  [
    'exits',
    ({ exits }) => listed(exits.map(({ exit, reason, count }) => ({ code: `${exit ?? ''} ${reason ?? ''}`, count }))),
  ],
  [
    'closeReasons',
    ({ closeReasons }) =>
      listed(closeReasons.map(({ outcome, reason, count }) => ({ code: `${outcome ?? ''} ${reason ?? ''}`, count }))),
  ],
  ['attempts.mean', ({ effort }) => effort.attempts.mean],
  ['daysToExit.mean', ({ effort }) => effort.days.mean],
  ['rejectedWithoutAttempt', ({ effort }) => effort.rejectedWithoutAttempt],
  ['rejectedThenBought', ({ effort }) => effort.rejectedThenBought],
];
