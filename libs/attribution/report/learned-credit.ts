import type { Grouping } from '#figures/report/grouping.js';
import type { AskedPeriod } from '#figures/report/parameters.js';
import type { Sight } from '#figures/report/sight.js';
import { sum, type Sums, type SumKind } from '#figures/report/sums.js';
import { countTransitions, markovCredit } from '../credit-models/markov.js';
import type { LearnedModel } from '../credit-models/credit-models.js';
import { pathTable, type PathTable } from '../credit-models/path-table.js';
import { PARTS_PER_CONVERSION } from '../credit-models/credit-payment.js';
import { countChannelSets, shapleyCredit } from '../credit-models/shapley.js';
import { channelsOfPath, CREDIT_METRIC, pathText } from '../credit/credit-space.js';
import { splitUnits } from '../credit/split-units.js';
import type { Credit } from './credit-sums.js';

/** Below so many conversions a learned model's answer is a hint. */
export const FEWEST_CONVERSIONS = 300;

/** What paths of one stretch of time brought in, by number of `texts`. */
export interface PathSums {
  readonly period: string | null;
  readonly paths: readonly PathSum[];
  /** By reason of a conversion without any touch. */
  readonly nobody: ReadonlyMap<string, Credit>;
}

export interface PathSum {
  readonly channels: readonly string[];
  readonly conversions: number;
  readonly customers: number;
  /** Ended without conversion, so far. */
  readonly open: number;
  readonly payments: number;
  readonly revenue: number;
  readonly costed: number;
  readonly profit: number;
}

/** Additive counts: the facts of paths up to the position, summed by path. `groups` sorts by path, then by reason. */
export async function pathSums(sight: Sight, period: AskedPeriod, groups: Grouping): Promise<readonly PathSums[]> {
  const of = async (metric: number, kind: SumKind): Promise<Sums> =>
    sum(await sight.reader.cuts(sight.pin, metric, sight.upTo, period), groups, kind);
  const conversions = await of(CREDIT_METRIC.pathConversions, 'all');
  const customers = await of(CREDIT_METRIC.pathConversions, 'first');
  const open = await of(CREDIT_METRIC.openPath, 'all');
  const revenue = await of(CREDIT_METRIC.pathRevenue, 'all');
  const profit = await of(CREDIT_METRIC.pathProfit, 'all');
  const stretches = new Map<string | null, { paths: PathSum[]; nobody: Map<string, Credit> }>();
  for (let number = 0; number < groups.size; number++) {
    const one = {
      conversions: conversions.n[number] ?? 0,
      customers: customers.n[number] ?? 0,
      open: open.n[number] ?? 0,
      payments: revenue.n[number] ?? 0,
      revenue: revenue.value[number] ?? 0,
      costed: profit.n[number] ?? 0,
      profit: profit.value[number] ?? 0,
    };
    if (one.conversions === 0 && one.open === 0 && one.payments === 0 && one.costed === 0) continue;
    const { period: label, dims } = groups.group(number);
    const [path = null, reason = null] = dims;
    let stretch = stretches.get(label);
    if (stretch === undefined) stretches.set(label, (stretch = { paths: [], nobody: new Map<string, Credit>() }));
    if (path !== null) stretch.paths.push({ channels: channelsOfPath(path), ...one });
    else if (reason !== null)
      stretch.nobody.set(reason, {
        conversions: one.conversions * PARTS_PER_CONVERSION,
        customers: one.customers * PARTS_PER_CONVERSION,
        revenue: one.revenue,
        costed: one.costed,
        profit: one.profit,
      });
  }
  // In one order, whatever the order of arrival: sums of doubles and the last unit of a split depend on it.
  const inOrder = (paths: readonly PathSum[]): readonly PathSum[] =>
    paths.toSorted((a, b) => compareTexts(pathText(a.channels), pathText(b.channels)));
  return [...stretches].map(([label, { paths, nobody }]) => ({ period: label, paths: inOrder(paths), nobody }));
}

/**
 * Credit by channel ('' : none) from counts of paths. Money has effects of its own: each payment counts as a conversion worth its amount. Profit, which may
 * be negative, is shared as revenue is under Markov, exactly by channel set under Shapley. Everything sums to what the paths brought in, to the unit.
 */
export function learnedCredit(model: LearnedModel, paths: readonly PathSum[]): ReadonlyMap<string, Credit> {
  const table = tableOf(paths);
  const column = (of: (path: PathSum) => number): Float64Array => Float64Array.from(paths, of);
  const total = (of: (path: PathSum) => number): number => paths.reduce((sum, path) => sum + of(path), 0);
  const weigh = (conversions: Float64Array, value: Float64Array): Weights =>
    model === 'shapley' ? shapley(table, conversions, value) : markov(table, conversions, value);
  const won = weigh(
    column(({ conversions }) => conversions),
    column(({ customers }) => customers),
  );
  const first = weigh(
    column(({ customers }) => customers),
    column(({ customers }) => customers),
  );
  const paid = weigh(
    column(({ payments }) => payments),
    column(({ revenue }) => revenue),
  );
  const earned =
    model === 'shapley'
      ? weigh(
          column(({ payments }) => payments),
          column(({ profit }) => profit),
        ).value
      : paid.value;
  const conversions = shared(total(({ conversions: count }) => count) * PARTS_PER_CONVERSION, won.conversions);
  const customers = shared(total(({ customers: count }) => count) * PARTS_PER_CONVERSION, first.conversions);
  const revenue = shared(
    total((path) => path.revenue),
    paid.value,
  );
  const profit = shared(
    total((path) => path.profit),
    earned,
  );
  const costed = total((path) => path.costed);
  const credit = new Map<string, Credit>();
  table.channels.forEach((channel, number) => {
    const one: Credit = {
      conversions: conversions[number] ?? 0,
      customers: customers[number] ?? 0,
      revenue: revenue[number] ?? 0,
      costed,
      profit: profit[number] ?? 0,
    };
    if (one.conversions !== 0 || one.revenue !== 0 || one.profit !== 0) credit.set(channel, one);
  });
  return credit;
}

interface Weights {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

const markov = (table: PathTable, conversions: Float64Array, value: Float64Array): Weights =>
  markovCredit(countTransitions({ ...table, conversions, value }, { nulls: true }));

const shapley = (table: PathTable, conversions: Float64Array, value: Float64Array): Weights =>
  shapleyCredit(countChannelSets({ ...table, conversions, value }), table.channels.length);

/** Whole units by weights of one sign; where there are none (nothing converted) by nothing at all. */
function shared(whole: number, weights: Float64Array): readonly number[] {
  const positive = weights.map((weight) => Math.max(0, weight));
  const sum = positive.reduce((a, b) => a + b, 0);
  if (weights.some((weight) => weight < 0)) return signedShares(whole, weights);
  return sum > 0 ? splitUnits(whole, positive, sum) : Array.from(weights, () => 0);
}

/** Shares that are amounts already, some of them losses: rounded, what is left goes to the largest. */
function signedShares(whole: number, weights: Float64Array): readonly number[] {
  const parts = Array.from(weights, Math.round);
  const largest = weights.reduce((best, weight, i) => (Math.abs(weight) > Math.abs(weights[best] ?? 0) ? i : best), 0);
  parts[largest] = (parts[largest] ?? 0) + whole - parts.reduce((a, b) => a + b, 0);
  return parts;
}

/** The order of channels alone: neither times nor milestones, which learned models do not look at. Made once for all models. */
function tableOf(paths: readonly PathSum[]): PathTable {
  let table = TABLES.get(paths);
  if (table === undefined) TABLES.set(paths, (table = madeTable(paths)));
  return table;
}
const TABLES = new WeakMap<readonly PathSum[], PathTable>();

function madeTable(paths: readonly PathSum[]): PathTable {
  const builder = pathTable();
  for (const { channels, open } of paths) {
    const touches = channels.map((channel) => ({ channel, at: null, kind: null }));
    builder.add(
      { touches, closedAt: null, leadCreatedAt: null, opportunityAt: null },
      { conversions: 0, value: 0, nulls: open },
    );
  }
  return builder.build();
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
