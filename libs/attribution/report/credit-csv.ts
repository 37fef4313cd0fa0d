import { stringify } from 'csv-stringify/sync';
import type { AttributionAnswer } from './attribution.js';
import type { JourneysAnswer } from './journeys.js';
import type { RoiAnswer } from './roi.js';

const CREDIT = ['conversions', 'customers', 'revenue', 'profit'] as const;
const RETURN = [
  ...CREDIT,
  ...['roas', 'romi', 'cac'].flatMap((id) => ['value', 'numerator', 'denominator'].map((part) => `${id}.${part}`)),
];

/** One line a row, without the total; a model's columns are `<model>.conversions`, `.customers`, `.revenue`, `.profit`. */
export const attributionCsv = (answer: AttributionAnswer): string => creditCsv(answer, CREDIT);

/** The same with `.roas`, `.romi` and `.cac`, each in three columns as ratios are in figures: `<model>.roas.value`, `.numerator`, `.denominator`. */
export const roiCsv = (answer: RoiAnswer): string => creditCsv(answer, RETURN);

/** One line a path, its channels with `>` between. */
export const journeysCsv = ({ rows }: JourneysAnswer): string =>
  stringify([
    ['path', 'conversions', 'share', 'open', 'revenue', 'touches.mean', 'touches.p50', 'days.mean', 'days.p50'],
    ...rows.map(({ path, conversions, share, open, revenue, touches, days }) => [
      path.map((channel) => channel ?? '').join(' > '),
      conversions,
      share ?? '',
      open,
      revenue,
      touches.mean ?? '',
      touches.p50 ?? '',
      days.mean ?? '',
      days.p50 ?? '',
    ]),
  ]);

function creditCsv(
  answer: Pick<AttributionAnswer, 'grain' | 'by' | 'models' | 'total'> & {
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  },
  parts: readonly string[],
): string {
  const keys = [
    ...(answer.grain === 'total' ? [] : ['period']),
    ...answer.by,
    ...('spend' in answer.total ? ['spend'] : []),
  ];
  const header = [...keys, ...answer.models.flatMap(({ id }) => parts.map((part) => `${id}.${part}`))];
  const rows = answer.rows.map((row) => [
    ...keys.map((key) => cell(row[key])),
    ...answer.models.flatMap(({ id }) => parts.map((part) => cell(memberAt(row[id], part)))),
  ]);
  return stringify([header, ...rows]);
}

const memberAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce((of, name) => new Map<string, unknown>(Object.entries(of ?? {})).get(name), value);

const cell = (value: unknown): string | number => (typeof value === 'string' || typeof value === 'number' ? value : '');
