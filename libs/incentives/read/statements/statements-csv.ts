import { stringify } from 'csv-stringify/sync';
import { PARTS, type LineItem, type StatementItem, type StatementsAnswer } from './answer-statements.js';

const COLUMNS = [
  ...['plan', 'member', 'period', 'status', 'kind', 'lead', 'tier', 'crossing', 'at', 'planVersion', 'planHash'],
  ...['eventId', 'events', 'steps', ...PARTS, 'currency', 'statementHash'],
];

/** One row a line; what a period before left below 0 is a row of its own (`opening`), so that `granted` sums to the totals. */
export function statementsCsv({ statements, currency }: StatementsAnswer): string {
  const rows = statements.flatMap((statement) => [
    ...(Number(statement.opening.amount) === 0 ? [] : [openingRow(statement, currency)]),
    ...statement.lines.map((line) => lineRow(statement, line, currency)),
  ]);
  return stringify([COLUMNS, ...rows]);
}

type Cell = string | number | null;

const lineRow = (statement: StatementItem, line: LineItem, currency: string): Cell[] => [
  ...headOf(statement),
  ...[line.kind, line.lead, line.tier, line.crossing, line.at, line.planVersion, line.planHash, line.eventId],
  line.events.join(' '),
  line.steps.map(({ label, amount }) => `${label}: ${amount.amount}`).join('; '),
  ...PARTS.map((part) => line[part].amount),
  currency,
  statement.hash,
];

const openingRow = (statement: StatementItem, currency: string): Cell[] => [
  ...headOf(statement),
  ...['opening', null, null, null, null, null, null, null, null, null],
  ...PARTS.map((part) => (part === 'granted' ? statement.opening.amount : null)),
  currency,
  statement.hash,
];

const headOf = ({ plan, member, period, status }: StatementItem): Cell[] => [plan, member, period, status];
