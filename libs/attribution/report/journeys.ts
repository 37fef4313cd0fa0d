import { reportHead, type ReportHead } from '#figures/report/figures.js';
import { grouping } from '#figures/report/grouping.js';
import { commonParameters, parameterReader } from '#figures/report/parameters.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import { sum, type Sums } from '#figures/report/sums.js';
import { duration, type Duration } from '#figures/report/values.js';
import { minorText } from '#kernel/money.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { BUILT_IN_CREDIT } from '../credit/attribution-processor.js';
import { channelsOfPath, CREDIT_METRIC } from '../credit/credit-space.js';
import { lookTogether } from './credit-sight.js';

/** How many, and where the middle of them lies; percentiles by nearest rank. */
export type Spread = Omit<Duration, 'unit' | 'count'>;

export interface JourneyRow {
  /** Channels in order, none after itself; null: a touch without a channel. */
  readonly path: readonly (string | null)[];
  readonly conversions: number;
  /** Of all conversions that had a path; null where there are none. */
  readonly share: number | null;
  /** Leads that have come this way and not converted, by the day of their last touch. */
  readonly open: number;
  readonly revenue: string;
  /** Touches on the converting paths, repeats counted. */
  readonly touches: Spread;
  /** Days from the first touch to the conversion. */
  readonly days: Spread;
}

export interface JourneysAnswer extends ReportHead {
  readonly rows: readonly JourneyRow[];
  readonly total: Omit<JourneyRow, 'path' | 'share'> & {
    /** Different paths that converted. */
    readonly paths: number;
    /** Conversions without any touch. */
    readonly withoutTouch: number;
    /** How many converting paths had so many touches. */
    readonly lengths: readonly { readonly touches: number; readonly conversions: number }[];
  };
  readonly warnings: readonly Warning[];
}

const USUAL_ROWS = 20;
const MOST_ROWS = 1_000;

/** What `GET /journeys` answers: the most frequent paths of channels, how long they are and how much time they take. Throws 400 `QUERY.*`, 503. */
export async function answerJourneys(deps: FiguresDeps, raw: Query): Promise<JourneysAnswer> {
  const reader = parameterReader(raw);
  const parameters = commonParameters(raw, reader, ['limit'], deps.organisation.fiscalYearStart, ['grain', 'by']);
  for (const name of parameters.filters.keys())
    if (name !== 'grain' && name !== 'by') reader.wrong(name, 'QUERY.UNKNOWN_PARAMETER', `journeys take no ${name}`);
  const limitText = reader.one('limit') ?? String(USUAL_ROWS);
  const limit = /^[1-9]\d{0,3}$/.test(limitText) ? Number(limitText) : 0;
  if (limit < 1 || limit > MOST_ROWS) reader.wrong('limit', 'QUERY.BAD_PARAMETER', `limit is 1 to ${MOST_ROWS}`);
  reader.finish();
  const { builtIn, warnings } = await lookTogether(deps, [BUILT_IN_CREDIT], parameters, false);
  const { currency } = deps.organisation;
  const groups = grouping({ days: parameters.period, periodOf: null, by: ['path'], filters: new Map() });
  const of = async (metric: number, kind: 'all' | 'classes'): Promise<Sums> =>
    sum(await builtIn.reader.cuts(builtIn.pin, metric, builtIn.upTo, parameters.period), groups, kind);
  const conversions = await of(CREDIT_METRIC.pathConversions, 'all');
  const open = await of(CREDIT_METRIC.openPath, 'all');
  const revenue = await of(CREDIT_METRIC.pathRevenue, 'all');
  const touches = await of(CREDIT_METRIC.journeyTouches, 'classes');
  const days = await of(CREDIT_METRIC.journeyDays, 'classes');
  const numbers = Array.from({ length: groups.size }, (_, number) => number);
  const named = numbers.filter((number) => groups.group(number).dims[0] !== null);
  const all = (values: Float64Array, over: readonly number[] = named): number =>
    over.reduce((total, number) => total + (values[number] ?? 0), 0);
  const converted = all(conversions.n);
  const rowOf = (number: number): JourneyRow => ({
    path: channelsOfPath(groups.group(number).dims[0] ?? '').map((channel) => (channel === '' ? null : channel)),
    conversions: conversions.n[number] ?? 0,
    share: converted === 0 ? null : (conversions.n[number] ?? 0) / converted,
    open: open.n[number] ?? 0,
    revenue: minorText(revenue.value[number] ?? 0, currency),
    touches: spread(touches, [number]),
    days: spread(days, [number]),
  });
  const seen = named.filter((number) => (conversions.n[number] ?? 0) > 0 || (open.n[number] ?? 0) > 0);
  return {
    ...reportHead(deps, builtIn, parameters.period),
    rows: seen
      .map(rowOf)
      .sort((a, b) => b.conversions - a.conversions || b.open - a.open || compareLists(a.path, b.path))
      .slice(0, limit),
    total: {
      paths: named.filter((number) => (conversions.n[number] ?? 0) > 0).length,
      conversions: converted,
      withoutTouch: all(conversions.n, numbers) - converted,
      open: all(open.n),
      revenue: minorText(all(revenue.value), currency),
      touches: spread(touches, named),
      days: spread(days, named),
      lengths: [...classesOf(touches, named)]
        .filter(([, count]) => count > 0)
        .sort(([a], [b]) => a - b)
        .map(([length, count]) => ({ touches: length, conversions: count })),
    },
    warnings,
  };
}

function spread(sums: Sums, numbers: readonly number[]): Spread {
  const add = (values: Float64Array): number => numbers.reduce((total, number) => total + (values[number] ?? 0), 0);
  const { mean, p50, p90, p95 } = duration('day', add(sums.n), add(sums.value), classesOf(sums, numbers));
  return { mean, p50, p90, p95 };
}

function classesOf({ classes }: Sums, numbers: readonly number[]): ReadonlyMap<number, number> {
  const all = new Map<number, number>();
  for (const number of numbers)
    for (const [key, count] of classes?.[number] ?? []) all.set(key, (all.get(key) ?? 0) + count);
  return all;
}

function compareLists(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  const [one, other] = [a.join('\u001f'), b.join('\u001f')];
  return one < other ? -1 : one > other ? 1 : 0;
}
