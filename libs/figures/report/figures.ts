import { didYouMean } from '#kernel/near-match.js';
import { grainLabel } from '#kernel/period.js';
import { dayText } from '#kernel/time.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { AsOf, Warning } from '#platform/questions/read-side.js';
import { METRIC } from '../contribution/fact.js';
import { grouping, type Group, type Grouping } from './grouping.js';
import { METRICS, sourcesOf, type MetricDefinition, type Source, type Unit } from './metrics.js';
import { readMoney, spendLimits, withMoney } from './money-columns.js';
import { VERSIONED } from './response-metrics.js';
import { recordingGaps } from './not-recorded.js';
import { commonParameters, parameterReader, type AskedPeriod, type CommonParameters } from './parameters.js';
import { look, type FiguresDeps, type Sight } from './sight.js';
import { countAssumed, sum, type Sums } from './sums.js';
import { amountsOf, sourceKey, totalOf, valueOf, type Value } from './values.js';

export interface MetricHeading {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly unit: Unit;
}

/** `period` only with a grain; then the dimensions asked for, then the metrics. */
export type FiguresRow = Readonly<Record<string, Value>>;

export interface ReportHead {
  readonly asOf: AsOf;
  readonly timeZone: string;
  readonly currency: string;
  /** Days, both included; null: open. */
  readonly period: { readonly from: string | null; readonly to: string | null };
}

export interface FiguresAnswer extends ReportHead {
  readonly grain: string;
  readonly by: readonly string[];
  readonly metrics: readonly MetricHeading[];
  readonly rows: readonly FiguresRow[];
  readonly total: FiguresRow;
  readonly warnings: readonly Warning[];
}

/** What `GET /figures` answers. Throws 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`. */
export async function answerFigures(deps: FiguresDeps, raw: Query): Promise<FiguresAnswer> {
  const reader = parameterReader(raw);
  const parameters = commonParameters(raw, reader, ['metrics', 'money'], deps.organisation.fiscalYearStart);
  const asked = readMetrics(reader.list('metrics'), (code, detail) => reader.wrong('metrics', code, detail));
  const metrics = readMoney(reader, parameters.by) ? withMoney(asked) : asked;
  reader.finish();
  const sight = await look(deps, parameters);
  return figures(deps, sight, parameters, metrics);
}

/** Figures of any metrics as seen from `sight`. */
export async function figures(
  deps: Pick<FiguresDeps, 'organisation'>,
  sight: Sight,
  parameters: Pick<CommonParameters, 'period' | 'grain' | 'by' | 'filters'>,
  metrics: readonly MetricDefinition[],
): Promise<FiguresAnswer> {
  const { organisation } = deps;
  const { grain, by } = parameters;
  const groups = groupingOf(parameters);
  const sums = await sumsOf(sight, parameters, metrics, groups);
  const ordered = groupNumbers(groups, [...sums.values()]);
  const rows = ordered.map(({ number, group }) => {
    const amounts = amountsOf(sums, number);
    const row: Record<string, Value> = grain === 'total' ? {} : { period: group.period };
    by.forEach((name, i) => (row[name] = group.dims[i] ?? null));
    for (const { id, formula } of metrics) row[id] = valueOf(formula, amounts, organisation.currency, sight.now);
    return row;
  });
  const amounts = totalOf(sums);
  return {
    ...reportHead(deps, sight, parameters.period),
    grain,
    by,
    metrics: metrics.map(({ id, version, name, unit }) => ({ id, version, name, unit })),
    rows,
    total: Object.fromEntries(
      metrics.map(({ id, formula }) => [id, valueOf(formula, amounts, organisation.currency, sight.now)]),
    ),
    warnings: [...sight.warnings, ...(await limits(sight, parameters, metrics, sums))],
  };
}

export function reportHead(deps: Pick<FiguresDeps, 'organisation'>, sight: Sight, period: AskedPeriod): ReportHead {
  const { timeZone, currency } = deps.organisation;
  const text = (day: number | null): string | null => (day === null ? null : dayText(day));
  return { asOf: sight.asOf, timeZone, currency, period: { from: text(period.from), to: text(period.to) } };
}

export function groupingOf(parameters: Pick<CommonParameters, 'period' | 'grain' | 'by' | 'filters'>): Grouping {
  const { period, grain, by, filters } = parameters;
  return grouping({ days: period, periodOf: grain === 'total' ? null : (day) => grainLabel(day, grain), by, filters });
}

/** Groups in which anything happened, by period, then dimension by dimension, no value first. */
export function groupNumbers(
  groups: Grouping,
  sums: readonly Pick<Sums, 'n' | 'value'>[],
): readonly { readonly number: number; readonly group: Group }[] {
  const found: { number: number; group: Group }[] = [];
  for (let number = 0; number < groups.size; number++) {
    if (sums.some(({ n, value }) => (n[number] ?? 0) !== 0 || (value[number] ?? 0) !== 0))
      found.push({ number, group: groups.group(number) });
  }
  return found.sort((a, b) => compareGroups(a.group, b.group));
}

function readMetrics(
  asked: readonly string[],
  wrong: (code: string, detail: string) => void,
): readonly MetricDefinition[] {
  const ids = asked.flatMap((id) => VERSIONED.get(id) ?? [id]);
  if (ids.length === 0) wrong('QUERY.METRICS_MISSING', 'metrics names what to show, e.g. metrics=leads,won');
  if (new Set(ids).size !== ids.length) wrong('QUERY.REPEATED_METRIC', 'metrics names a metric twice');
  return ids.flatMap((id) => {
    const metric = METRICS.get(id);
    if (metric === undefined)
      wrong(
        'QUERY.UNKNOWN_METRIC',
        `"${id}" is not a metric${didYouMean(id, METRICS.keys())}; GET /glossary lists them`,
      );
    return metric ?? [];
  });
}

export async function sumsOf(
  sight: Sight,
  { period }: Pick<CommonParameters, 'period'>,
  metrics: readonly MetricDefinition[],
  groups: Grouping,
): Promise<ReadonlyMap<string, Sums>> {
  const wanted = new Map<string, { source: Source; kind: 'all' | 'first' | 'classes' }>();
  for (const { formula } of metrics) {
    for (const source of sourcesOf(formula)) {
      const kind = formula.kind === 'duration' ? 'classes' : source.first === true ? 'first' : 'all';
      wanted.set(sourceKey(source), { source, kind });
    }
  }
  const sums = new Map<string, Sums>();
  for (const [key, { source, kind }] of wanted) {
    sums.set(key, sum(await sight.reader.cuts(sight.pin, source.metric, sight.upTo, period), groups, kind));
  }
  return sums;
}

/** What the reader should know about these figures: profit that leaves payments out, dates that were assumed. */
async function limits(
  sight: Sight,
  parameters: Pick<CommonParameters, 'period' | 'by' | 'filters'>,
  metrics: readonly MetricDefinition[],
  sums: ReadonlyMap<string, Sums>,
): Promise<readonly Warning[]> {
  const warnings: Warning[] = [...(await recordingGaps(sight, suspicious(metrics, sums)))];
  const overall = { ...parameters, grain: 'total' as const, by: [] };
  if (metrics.some(({ id }) => id === 'profit' || id === 'romi')) {
    const cuts = await sight.reader.cuts(sight.pin, METRIC.paymentsWithoutCost, sight.upTo, parameters.period);
    const left = sum(cuts, groupingOf(overall), 'all').n[0] ?? 0;
    if (left > 0)
      warnings.push({
        code: 'PAYMENTS_WITHOUT_COST',
        detail: `Profit leaves out ${left} payments whose cost is not known.`,
      });
  }
  warnings.push(...spendLimits(parameters, metrics));
  const counted = await sight.reader.cuts(sight.pin, METRIC.assumed, sight.upTo, parameters.period);
  if (counted.length === 0) return warnings;
  const assumed = countAssumed(counted, groupingOf(overall));
  for (const { id, formula } of metrics) {
    if (formula.kind === 'duration') continue;
    const sources = wholeOf(formula);
    const affected = sources.reduce((total, source) => total + (assumed.get(source.metric) ?? 0), 0);
    if (affected === 0) continue;
    const all = sources.reduce((total, source) => total + totalOf(sums).n(source), 0);
    warnings.push({
      code: 'ASSUMED_DATES',
      detail: `${id}: ${affected} of ${all} stand on a date that the source lacked and the import assumed.`,
    });
  }
  return warnings;
}

/** Of a ratio what stands below its line: what is counted above it stands there too. */
function wholeOf(formula: MetricDefinition['formula']): readonly Source[] {
  if (formula.kind === 'ratio') return formula.denominator;
  if (formula.kind === 'money-per') return [formula.each];
  return formula.kind === 'return' ? [formula.plus] : sourcesOf(formula);
}

/** Metrics of which this answer holds nothing, or (rates) nothing of one part: only those may lack their records altogether. */
function suspicious(metrics: readonly MetricDefinition[], sums: ReadonlyMap<string, Sums>): ReadonlySet<string> {
  const all = totalOf(sums);
  return new Set(
    metrics.filter(({ formula }) => sourcesOf(formula).some((one) => all.n(one) === 0)).map(({ id }) => id),
  );
}

function compareGroups(a: Group, b: Group): number {
  const byPeriod = compareTexts(a.period, b.period);
  if (byPeriod !== 0) return byPeriod;
  for (let i = 0; i < a.dims.length; i++) {
    const order = compareTexts(a.dims[i] ?? null, b.dims[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareTexts(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
