import { stringify } from 'csv-stringify/sync';
import { table, type Column } from '../output/table.js';
import { numberText } from '../output/values.js';
import type { AttributionAnswer, Credit, Row } from './answer.js';

/** The answer as text, with its last line ended. */
export function show(answer: AttributionAnswer, format: 'table' | 'csv' | 'json'): string {
  if (format === 'json') return `${JSON.stringify(jsonOf(answer), null, 2)}\n`;
  const measures = MEASURES.filter((measure) => isShown(answer, measure.key));
  if (format === 'csv') {
    const head = [
      answer.dimension,
      ...(answer.hasSpend ? ['spend'] : []),
      ...answer.models.flatMap((model) => measures.map(({ key }) => `${model}.${key}`)),
    ];
    const lines = answer.rows.map((row) => cellsOf(row, answer, measures, (number) => String(number), ''));
    return stringify([head, ...lines], { escape_formulas: true });
  }
  const columns: Column[] = [
    { name: answer.dimension, align: 'left' },
    ...(answer.hasSpend ? [{ name: 'spend', align: 'right' as const }] : []),
    ...answer.models.flatMap((model) =>
      measures.map(({ label }) => ({ name: `${model}${label}`, align: 'right' as const })),
    ),
  ];
  const lines = answer.rows.map((row) => cellsOf(row, answer, measures, numberText, '–'));
  return `${table(columns, lines, cellsOf(answer.total, answer, measures, numberText, '–'))}\n`;
}

type Key = 'conversions' | 'value' | 'removalEffect' | 'roas' | 'romi' | 'cpa';
interface Measure {
  readonly key: Key;
  readonly label: string;
}

/** A removal effect is JSON's alone: it is no credit. */
const MEASURES: readonly Measure[] = [
  { key: 'conversions', label: '' },
  { key: 'value', label: ' value' },
  { key: 'roas', label: ' ROAS' },
  { key: 'romi', label: ' ROMI' },
  { key: 'cpa', label: ' CPA' },
];

function isShown(answer: AttributionAnswer, key: Key): boolean {
  if (key === 'conversions') return true;
  if (key === 'cpa') return answer.hasSpend;
  const hasValue = answer.total.credits.some(({ value }) => value !== null);
  return hasValue && (key === 'value' || answer.hasSpend);
}

function cellsOf(
  row: Row,
  { hasSpend }: AttributionAnswer,
  measures: readonly Measure[],
  text: (number: number) => string,
  nothing: string,
): string[] {
  const cell = (number: number | null | undefined): string =>
    number === null || number === undefined ? nothing : text(number);
  return [
    row.name,
    ...(hasSpend ? [cell(row.spend)] : []),
    ...row.credits.flatMap((credit) => measures.map(({ key }) => cell(credit[key]))),
  ];
}

function jsonOf({ dimension, models, hasSpend, rows, total, rejected, warnings }: AttributionAnswer): object {
  const credited = (credits: readonly Credit[]): object =>
    Object.fromEntries(models.map((model, index) => [model, credits[index]]));
  const spent = ({ spend }: Row): object => (hasSpend ? { spend } : {});
  return {
    rows: rows.map((row) => ({ [dimension]: row.name, ...spent(row), ...credited(row.credits) })),
    total: { ...spent(total), ...credited(total.credits) },
    rejected,
    warnings,
  };
}
