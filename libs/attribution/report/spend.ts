import { figures } from '#figures/report/figures.js';
import { METRICS } from '#figures/report/metrics.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import { parseMoney } from '#kernel/money.js';
import type { CreditParameters } from './credit-parameters.js';
import type { CreditSights } from './credit-sight.js';

/** What was spent, in minor units of the organisation's currency. */
export interface Spend {
  readonly period: string | null;
  readonly dims: readonly (string | null)[];
  readonly minor: number;
}

/** Dimensions by which spend is recorded. */
const SPEND_DIMENSIONS: ReadonlySet<string> = new Set(['channel', 'campaign']);

/**
 * The figures' spend by the same dimensions and periods, as known at the same position; null where it is not recorded by one of the
 * dimensions or filters. Spend counts on its own day, whichever day counts for credit.
 */
export async function spendOf(
  deps: FiguresDeps,
  sights: CreditSights,
  parameters: CreditParameters,
): Promise<readonly Spend[] | null> {
  const metric = METRICS.get('spend');
  const { by, filters, grain } = parameters;
  const names = [...by, ...filters.keys()];
  if (metric === undefined || sights.figures === null || names.some((name) => !SPEND_DIMENSIONS.has(name))) return null;
  const answer = await figures(deps, sights.figures, parameters, [metric]);
  const { currency } = deps.organisation;
  return answer.rows.flatMap((row) => {
    const amount = row['spend'];
    if (typeof amount !== 'string') return [];
    const { minor } = parseMoney({ amount, currency });
    const period = grain === 'total' ? null : textOf(row['period']);
    return minor === 0 ? [] : [{ period, dims: by.map((name) => textOf(row[name])), minor }];
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
