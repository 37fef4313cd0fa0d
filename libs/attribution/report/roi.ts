import type { ReportHead } from '#figures/report/figures.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import { moneyReturn, type MoneyPer, type MoneyReturn } from '#figures/report/values.js';
import { minorText } from '#kernel/money.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { PARTS_PER_CONVERSION } from '../credit-models/credit-payment.js';
import { creditHead, rowKeys, spendCell, type AttributionAnswer } from './attribution.js';
import { NO_CREDIT, type Credit } from './credit-sums.js';
import { creditTable, type CreditTableRow } from './credit-table.js';
import { creditAmounts, type CreditAmounts } from './credit-values.js';

/** A model's credit beside what was spent on it; the shapes are those of `roas`, `romi` and `cac` in figures. */
export interface Return extends CreditAmounts {
  /** Revenue / spend. */
  readonly roas: MoneyReturn;
  /** (Profit - spend) / spend; null where no cost is known. */
  readonly romi: MoneyReturn;
  /** Spend / customers won. */
  readonly cac: MoneyPer;
}

/** `period`, the dimensions and `spend` are texts or null; everything else is a model's return, by its key. */
export type RoiRow = Readonly<Record<string, string | null | Return>>;

export interface RoiAnswer extends ReportHead, Pick<AttributionAnswer, 'grain' | 'by' | 'on' | 'models'> {
  readonly rows: readonly RoiRow[];
  readonly total: RoiRow;
  readonly warnings: readonly Warning[];
}

/**
 * What `GET /roi` answers: by channel or campaign what was spent, what each model credits it with, and what came back. Spend without result has a row (ROAS
 * 0, ROMI -1). ROAS = attributed revenue / spend, ROMI = (attributed profit - spend) / spend, CAC = spend / customers won.
 * Throws 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`.
 */
export async function answerRoi(deps: FiguresDeps, raw: Query): Promise<RoiAnswer> {
  const table = await creditTable(deps, raw);
  const { currency } = deps.organisation;
  const returns = ({ credit, spend }: CreditTableRow): RoiRow =>
    Object.fromEntries(
      table.parameters.models.map(({ key }, place) => [key, returnOf(credit[place] ?? NO_CREDIT, spend, currency)]),
    );
  return {
    ...creditHead(deps, table),
    rows: table.rows.map((row) => ({ ...rowKeys(table, row, currency), ...returns(row) })),
    total: { ...spendCell(table.total, currency), ...returns(table.total) },
    warnings:
      table.total.spend === null
        ? [
            ...table.warnings,
            {
              code: 'NO_SPEND_BY_DIMENSION',
              detail: 'Spend is recorded by channel and campaign: by others there is no return to tell.',
            },
          ]
        : table.warnings,
  };
}

/** `spend` in minor units; null where spend is not told by these dimensions. */
export function returnOf(credit: Credit, spend: number | null, currency: string): Return {
  const profit = credit.costed !== 0 ? credit.profit : isNothing(credit) ? 0 : null;
  const customers = credit.customers / PARTS_PER_CONVERSION;
  const spent = spend ?? 0;
  return {
    ...creditAmounts(credit, currency),
    roas: moneyReturn(spend === null ? null : credit.revenue, spent, currency),
    romi: moneyReturn(spend === null || profit === null ? null : profit - spent, spent, currency),
    cac: {
      value: spend === null || customers === 0 ? null : minorText(Math.round(spent / customers), currency),
      numerator: minorText(spent, currency),
      denominator: customers,
    },
  };
}

/** What earned nothing at all lost what was spent on it, whatever is known of costs. */
const isNothing = ({ conversions, revenue, profit }: Credit): boolean =>
  conversions === 0 && revenue === 0 && profit === 0;
