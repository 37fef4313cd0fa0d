import type { AttributionAnswer } from '#attribution/report/attribution.js';
import type { CreditAmounts } from '#attribution/report/credit-values.js';
import type { JourneysAnswer, Spread } from '#attribution/report/journeys.js';
import type { Return, RoiAnswer } from '#attribution/report/roi.js';
import { table, type Column } from '../output/table.js';
import { numberText, percentText, valueText } from '../output/values.js';
import { page } from './report-tables.js';

const right = (name: string): Column => ({ name, align: 'right' });
const left = (name: string): Column => ({ name, align: 'left' });

/** Conversions and revenue under each model, side by side; under it whether they come to what the ledger holds. */
export function attributionTable(answer: AttributionAnswer): string {
  const body = creditTable(answer, ({ id }) => [right(id), right(`${id} revenue`)], creditCells(answer.currency));
  return page(answer, `${body}\n${balanceText(answer)}`, answer.warnings);
}

/** Spend, then what came back for it under each model. */
export function roiTable(answer: RoiAnswer): string {
  const columns = ({ id }: { readonly id: string }): readonly Column[] =>
    ['revenue', 'ROAS', 'ROMI', 'CAC'].map((part) => right(`${id} ${part}`));
  const cells = (value: unknown): readonly string[] => {
    const { revenue, roas, romi, cac } = value as Return; // every row holds every model
    return [
      valueText(revenue, 'money', answer.currency),
      roas.value === null ? '–' : numberText(roas.value),
      romi.value === null ? '–' : percentText(romi.value),
      valueText(cac.value, 'money', answer.currency),
    ];
  };
  return page(answer, creditTable(answer, columns, cells), answer.warnings);
}

export function journeysTable(answer: JourneysAnswer): string {
  const { total, currency } = answer;
  const columns = [
    left('path'),
    right('conversions'),
    right('share'),
    right('open'),
    right('revenue'),
    right('touches'),
    right('days'),
  ];
  const spread = ({ mean, p50 }: Spread): string =>
    mean === null ? '–' : `${numberText(mean)}${p50 === null ? '' : ` (median ${numberText(p50)})`}`;
  const cells = (row: Omit<JourneysAnswer['rows'][number], 'path' | 'share'>, path: string, share: number | null) => [
    path,
    numberText(row.conversions),
    share === null ? '–' : percentText(share),
    numberText(row.open),
    valueText(row.revenue, 'money', currency),
    spread(row.touches),
    spread(row.days),
  ];
  const rows = answer.rows.map((row) => cells(row, row.path.map((channel) => channel ?? '–').join(' > '), row.share));
  const all = `${numberText(total.paths)} different paths; ${numberText(total.withoutTouch)} conversions without a touch`;
  return page(answer, `${table(columns, rows, cells(total, 'total', null))}\n${all}`, answer.warnings);
}

type CreditReport = Pick<AttributionAnswer, 'grain' | 'by' | 'models' | 'currency'> & {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly total: Readonly<Record<string, unknown>>;
};

function creditTable(
  answer: CreditReport,
  columnsOf: (model: { readonly id: string }) => readonly Column[],
  cellsOf: (value: unknown) => readonly string[],
): string {
  const keys = [...(answer.grain === 'total' ? [] : ['period']), ...answer.by];
  const hasSpend = 'spend' in answer.total;
  const cells = (row: Readonly<Record<string, unknown>>): readonly string[] => [
    ...(hasSpend ? [valueText(row['spend'], 'money', answer.currency)] : []),
    ...answer.models.flatMap(({ id }) => cellsOf(row[id])),
  ];
  const columns = [...keys.map(left), ...(hasSpend ? [right('spend')] : []), ...answer.models.flatMap(columnsOf)];
  const rows = answer.rows.map((row) => [...keys.map((key) => keyText(row[key])), ...cells(row)]);
  return table(columns, rows, ['total', ...keys.slice(1).map(() => ''), ...cells(answer.total)]);
}

const creditCells =
  (currency: string) =>
  (value: unknown): readonly string[] => {
    const { conversions, revenue } = value as CreditAmounts; // every row holds every model
    return [numberText(conversions), valueText(revenue, 'money', currency)];
  };

function balanceText({ balance, currency }: AttributionAnswer): string {
  if (balance === null)
    return 'By the day of the touch; what the ledger holds in the period is told by the day of the conversion.';
  const amounts = ({ conversions, revenue }: CreditAmounts): string =>
    `${numberText(conversions)} conversions, ${valueText(revenue, 'money', currency)}`;
  const wrong = Object.entries(balance.models).filter(
    ([, { difference }]) => difference.conversions !== 0 || Number(difference.revenue) !== 0,
  );
  if (wrong.length === 0)
    return `The ledger holds ${amounts(balance.ledger)}: credited and unattributed, under every model.`;
  return wrong
    .map(([model, { difference }]) => `! ${model} differs from the ledger by ${amounts(difference)}`)
    .join('\n');
}

/** No value is a dash: `unknown` may be a value of its own. */
const keyText = (value: unknown): string => (typeof value === 'string' ? value : '–');
