import type { Grouping } from '#figures/report/grouping.js';
import type { AskedPeriod } from '#figures/report/parameters.js';
import type { Sight } from '#figures/report/sight.js';
import { sum, type SumKind } from '#figures/report/sums.js';
import { CREDIT_METRIC, MEASURES, modelMetric } from '../credit/credit-space.js';
import { byTouchDay } from './by-touch-day.js';

/** What something earned. Money in minor units, conversions in parts of a millionth. */
export interface Credit {
  readonly conversions: number;
  /** Of leads that became customers by it: their first conversion. */
  readonly customers: number;
  readonly revenue: number;
  /** Facts behind the profit: without any it is not known. */
  readonly costed: number;
  readonly profit: number;
}

export const NO_CREDIT: Credit = { conversions: 0, customers: 0, revenue: 0, costed: 0, profit: 0 };

export const addCredit = (a: Credit, b: Credit): Credit => ({
  conversions: a.conversions + b.conversions,
  customers: a.customers + b.customers,
  revenue: a.revenue + b.revenue,
  costed: a.costed + b.costed,
  profit: a.profit + b.profit,
});

/** By group number of the grouping. */
export type CreditByGroup = ReadonlyMap<number, Credit>;

interface Columns {
  readonly conversions: Float64Array;
  readonly customers: Float64Array;
  readonly revenue: Float64Array;
  readonly costed: Float64Array;
  readonly profit: Float64Array;
}

/** A rule model's credit: sums of the facts that it wrote. */
export async function ruleCredit(
  sight: Sight,
  place: number,
  period: AskedPeriod,
  on: 'conversion' | 'touch',
  groups: Grouping,
): Promise<CreditByGroup> {
  const cutsOf = async (metric: number) => {
    if (on === 'conversion') return sight.reader.cuts(sight.pin, metric, sight.upTo, period);
    return (await sight.reader.cuts(sight.pin, metric, sight.upTo, { from: null, to: null })).map(byTouchDay);
  };
  const [conversions, revenue, profit] = await Promise.all(
    MEASURES.map((_, measure) => cutsOf(modelMetric(place, measure))),
  );
  return gathered({
    conversions: sum(conversions ?? [], groups, 'all').value,
    customers: sum(conversions ?? [], groups, 'first').value,
    revenue: sum(revenue ?? [], groups, 'all').value,
    ...profitOf(sum(profit ?? [], groups, 'all')),
  });
}

/** The ledger's own: what all credit together must come to. */
export async function ledgerCredit(sight: Sight, period: AskedPeriod, groups: Grouping): Promise<CreditByGroup> {
  const of = async (metric: number, kind: SumKind) =>
    sum(await sight.reader.cuts(sight.pin, metric, sight.upTo, period), groups, kind);
  const parts = (n: Float64Array): Float64Array => n.map((count) => count * 1_000_000);
  return gathered({
    conversions: parts((await of(CREDIT_METRIC.conversions, 'all')).n),
    customers: parts((await of(CREDIT_METRIC.conversions, 'first')).n),
    revenue: (await of(CREDIT_METRIC.revenue, 'all')).value,
    ...profitOf(await of(CREDIT_METRIC.profit, 'all')),
  });
}

const profitOf = ({ n, value }: { readonly n: Float64Array; readonly value: Float64Array }) => ({
  costed: n,
  profit: value,
});

function gathered({ conversions, customers, revenue, costed, profit }: Columns): CreditByGroup {
  const credit = new Map<number, Credit>();
  const size = Math.max(conversions.length, customers.length, revenue.length, costed.length, profit.length);
  for (let group = 0; group < size; group++) {
    const one: Credit = {
      conversions: conversions[group] ?? 0,
      customers: customers[group] ?? 0,
      revenue: revenue[group] ?? 0,
      costed: costed[group] ?? 0,
      profit: profit[group] ?? 0,
    };
    if (one.conversions !== 0 || one.revenue !== 0 || one.costed !== 0 || one.profit !== 0) credit.set(group, one);
  }
  return credit;
}
