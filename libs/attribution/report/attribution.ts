import { reportHead, type ReportHead } from '#figures/report/figures.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import { minorText } from '#kernel/money.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { creditTable, type CreditTable, type CreditTableRow } from './credit-table.js';
import { addCredit, NO_CREDIT, type Credit } from './credit-sums.js';
import { creditAmounts, modelHeading, type CreditAmounts, type ModelHeading } from './credit-values.js';

/** `period` and the dimensions are texts or null, `spend` is money; everything else is a model's credit, by its key. */
export type CreditRow = Readonly<Record<string, string | null | CreditAmounts>>;

export interface Balance {
  /** What the ledger holds in the period. */
  readonly ledger: CreditAmounts;
  /** By model; `difference` (of revenue) is 0.00 as long as nothing is lost. */
  readonly models: Readonly<
    Record<
      string,
      {
        readonly credited: CreditAmounts;
        readonly unattributed: CreditAmounts;
        readonly existingCustomer: CreditAmounts;
        readonly difference: CreditAmounts;
      }
    >
  >;
}

export interface AttributionAnswer extends ReportHead {
  readonly grain: string;
  readonly by: readonly string[];
  /** Whose day counts: that of the conversion or payment, or of the touch that earns. */
  readonly on: 'conversion' | 'touch';
  readonly models: readonly ModelHeading[];
  readonly rows: readonly CreditRow[];
  readonly total: CreditRow;
  /** Null where only touches of a period are looked at: what they earn is part of what the ledger holds in several. */
  readonly balance: Balance | null;
  readonly warnings: readonly Warning[];
}

/** What `GET /attribution` answers. Throws 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`. */
export async function answerAttribution(deps: FiguresDeps, raw: Query): Promise<AttributionAnswer> {
  const table = await creditTable(deps, raw);
  const { currency } = deps.organisation;
  const amounts = ({ credit }: CreditTableRow): CreditRow =>
    Object.fromEntries(
      table.parameters.models.map(({ key }, place) => [key, creditAmounts(credit[place] ?? NO_CREDIT, currency)]),
    );
  return {
    ...creditHead(deps, table),
    rows: table.rows.map((row) => ({ ...rowKeys(table, row, currency), ...amounts(row) })),
    total: { ...spendCell(table.total, currency), ...amounts(table.total) },
    balance: balanceAnswer(table, currency),
    warnings: table.warnings,
  };
}

/** What stands above the rows of a report on credit. */
export const creditHead = (
  deps: FiguresDeps,
  { parameters, sights }: CreditTable,
): Omit<AttributionAnswer, 'rows' | 'total' | 'balance' | 'warnings'> => ({
  ...reportHead(deps, sights.builtIn, parameters.period),
  grain: parameters.grain,
  by: parameters.by,
  on: parameters.on,
  models: parameters.models.map(({ key, model }) => modelHeading(key, model)),
});

/** What tells a row from others, and what was spent on it. */
export const rowKeys = (
  { parameters }: CreditTable,
  row: CreditTableRow,
  currency: string,
): Readonly<Record<string, string | null>> => ({
  ...(parameters.grain === 'total' ? {} : { period: row.period }),
  ...Object.fromEntries(parameters.by.map((name, place) => [name, row.dims[place] ?? null])),
  ...spendCell(row, currency),
});

/** Only by dimensions of which spend is recorded. */
export const spendCell = ({ spend }: CreditTableRow, currency: string): Readonly<Record<string, string>> =>
  spend === null ? {} : { spend: minorText(spend, currency) };

function balanceAnswer({ balance, parameters }: CreditTable, currency: string): Balance | null {
  if (balance === null) return null;
  const { ledger } = balance;
  return {
    ledger: creditAmounts(ledger, currency),
    models: Object.fromEntries(
      parameters.models.map(({ key }, place) => {
        const { credited, unattributed, existingCustomer } = balance.models[place] ?? NOTHING;
        const all = [credited, unattributed, existingCustomer].reduce(addCredit);
        return [
          key,
          {
            credited: creditAmounts(credited, currency),
            unattributed: creditAmounts(unattributed, currency),
            existingCustomer: creditAmounts(existingCustomer, currency),
            difference: creditAmounts(lessLedger(all, ledger), currency),
          },
        ];
      }),
    ),
  };
}

const NOTHING = { credited: NO_CREDIT, unattributed: NO_CREDIT, existingCustomer: NO_CREDIT };

const lessLedger = (all: Credit, ledger: Credit): Credit => ({
  conversions: all.conversions - ledger.conversions,
  customers: all.customers - ledger.customers,
  revenue: all.revenue - ledger.revenue,
  costed: ledger.costed,
  profit: all.profit - ledger.profit,
});
