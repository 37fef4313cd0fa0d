import { calendarOf } from '#kernel/calendar.js';
import { parsePeriod } from '#kernel/period.js';
import type { DayNumber } from '#kernel/time.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { FUNNEL_STAGES, type FunnelStage } from '../history/history.js';
import type { DayRange } from '../facts-reader.js';
import { groupingOf, groupNumbers, reportHead, sumsOf, type ReportHead } from './figures.js';
import { byPeriod, cohort, entryMetrics, type StageCounts } from './funnel-counts.js';
import { moneyMetrics, readMoney, spendLimits } from './money-columns.js';
import { commonParameters, parameterReader, type CommonParameters, type ParameterReader } from './parameters.js';
import { look, type FiguresDeps, type Sight } from './sight.js';
import { countFacts } from './sums.js';
import { amountsOf, ratio, totalOf, valueOf, type Amounts, type Ratio, type Value } from './values.js';

export interface FunnelStageAnswer {
  readonly stage: FunnelStage;
  /** Passes. */
  readonly count: number;
  /**
   * From the stage before it that anybody records; null where this stage is not recorded. Not on the first stage. Cohort: the share of the
   * passes in that stage that reached this one, so never above 1. Period: this stage's entries by that one's, which may exceed 1.
   */
  readonly fromPrevious?: Ratio | null;
  readonly fromFirst?: Ratio | null;
  /** Cohort only: whether the period's end plus the horizon has passed; null without a horizon. Not on the first stage. */
  readonly matured?: boolean | null;
  /** Passes that went on to a later stage of this funnel without this one. Not on the last stage, in a cohort not on the first. */
  readonly skipped?: number;
  /** Present (false) where nobody has recorded this stage in the whole ledger as known. */
  readonly recorded?: false;
}

export interface FunnelRow {
  /** Dimensions and, with money, its columns. */
  readonly [name: string]: Value | readonly FunnelStageAnswer[];
  readonly stages: readonly FunnelStageAnswer[];
}

export interface FunnelAnswer extends ReportHead {
  readonly mode: 'cohort' | 'period';
  readonly horizonDays: number | null;
  readonly grain: string;
  readonly by: readonly string[];
  readonly rows: readonly FunnelRow[];
  readonly total: FunnelRow;
  /** Whether rows and total hold revenue, profit, spend and romi, each of the period by its own day. */
  readonly money: boolean;
  readonly warnings: readonly Warning[];
}

interface FunnelParameters extends CommonParameters {
  /** Indexes in `FUNNEL_STAGES`, ascending. */
  readonly stages: readonly number[];
  readonly mode: 'cohort' | 'period';
  readonly horizonDays: number | null;
  readonly money: boolean;
}

/** What `GET /funnel` answers: passes by stage, either those that entered the first stage in the period, or each stage's own entries in it. */
export async function answerFunnel(deps: FiguresDeps, raw: Query): Promise<FunnelAnswer> {
  const reader = parameterReader(raw);
  const common = commonParameters(
    raw,
    reader,
    ['stages', 'mode', 'horizonDays', 'money'],
    deps.organisation.fiscalYearStart,
  );
  const parameters = { ...common, ...funnelParameters(reader), money: readMoney(reader, common.by) };
  reader.finish();
  const sight = await look(deps, parameters);
  const groups = groupingOf(parameters);
  const counts = await (parameters.mode === 'cohort' ? cohort : byPeriod)(sight, parameters, groups);
  const recorded = await Promise.all(parameters.stages.map((stage) => isRecorded(sight, stage)));
  const rowOf = (count: (numbers: Float64Array) => number, period: string | null): readonly FunnelStageAnswer[] =>
    stageAnswers(parameters, counts, recorded, count, maturity(deps, sight, parameters, period));
  const metrics = parameters.money ? moneyMetrics() : [];
  const sums = await sumsOf(sight, parameters, metrics, groups);
  const moneyOf = (amounts: Amounts): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      metrics.map(({ id, formula }) => [id, valueOf(formula, amounts, deps.organisation.currency, sight.now)]),
    );
  const found = groupNumbers(groups, [
    ...counts.map(({ reached }) => ({ n: reached, value: reached })),
    ...sums.values(),
  ]);
  const rows = found.map(({ number, group }): FunnelRow => {
    const keys: [string, string | null][] = parameters.grain === 'total' ? [] : [['period', group.period]];
    parameters.by.forEach((name, i) => keys.push([name, group.dims[i] ?? null]));
    const stages = rowOf((numbers) => numbers[number] ?? 0, group.period);
    return { ...Object.fromEntries(keys), ...moneyOf(amountsOf(sums, number)), stages };
  });
  return {
    ...reportHead(deps, sight, parameters.period),
    mode: parameters.mode,
    horizonDays: parameters.horizonDays,
    grain: parameters.grain,
    by: parameters.by,
    money: parameters.money,
    rows,
    total: { ...moneyOf(totalOf(sums)), stages: rowOf((numbers) => numbers.reduce((a, b) => a + b, 0), null) },
    warnings: [...sight.warnings, ...spendLimits(parameters, metrics)],
  };
}

function funnelParameters(reader: ParameterReader): Pick<FunnelParameters, 'stages' | 'mode' | 'horizonDays'> {
  const names = reader.list('stages');
  const stages =
    names.length === 0
      ? FUNNEL_STAGES.map((_, stage) => stage)
      : names.map((name) => (FUNNEL_STAGES as readonly string[]).indexOf(name));
  if (stages.includes(-1)) reader.wrong('stages', 'QUERY.UNKNOWN_STAGE', `stages are ${FUNNEL_STAGES.join(', ')}`);
  else if (stages.some((stage, i) => i > 0 && stage <= (stages[i - 1] ?? 0))) {
    reader.wrong('stages', 'QUERY.BAD_STAGES', `stages stand once each and in the order ${FUNNEL_STAGES.join(', ')}`);
  } else if (stages.length < 2) reader.wrong('stages', 'QUERY.BAD_STAGES', 'a funnel has at least two stages');
  const mode = reader.one('mode') ?? 'cohort';
  if (mode !== 'cohort' && mode !== 'period')
    reader.wrong('mode', 'QUERY.BAD_MODE', `mode is cohort or period, not "${mode}"`);
  const horizon = reader.one('horizonDays');
  if (horizon !== null && !/^\d{1,5}$/.test(horizon)) {
    reader.wrong(
      'horizonDays',
      'QUERY.BAD_HORIZON',
      `horizonDays is a number of days from 0 to 99999, not "${horizon}"`,
    );
  }
  if (horizon !== null && mode === 'period')
    reader.wrong('horizonDays', 'QUERY.BAD_HORIZON', 'horizonDays belongs to mode=cohort');
  return {
    stages,
    mode: mode === 'period' ? 'period' : 'cohort',
    horizonDays: horizon === null ? null : Number(horizon),
  };
}

function stageAnswers(
  { stages, mode }: FunnelParameters,
  counts: readonly StageCounts[],
  recorded: readonly boolean[],
  count: (numbers: Float64Array) => number,
  matured: boolean | null,
): readonly FunnelStageAnswer[] {
  const first = counts[0] === undefined ? 0 : count(counts[0].reached);
  let previous = { place: 0, count: first };
  return stages.map((index, i) => {
    const stage = FUNNEL_STAGES[index] ?? 'lead';
    const own = counts[i];
    const reached = own === undefined ? 0 : count(own.reached);
    const isRecorded = recorded[i] ?? false;
    // Whoever came past the stage before is in the count, but is no conversion from it.
    const also = mode === 'cohort' && previous.place > 0 ? own?.reachedAlso[previous.place] : undefined;
    const converted = mode === 'cohort' && previous.place > 0 ? (also === undefined ? 0 : count(also)) : reached;
    const ratios = isRecorded
      ? { fromPrevious: ratio(converted, previous.count), fromFirst: ratio(reached, first) }
      : { fromPrevious: null, fromFirst: null };
    const mayBeSkipped = i < stages.length - 1 && (i > 0 || mode === 'period');
    if (isRecorded) previous = { place: i, count: reached };
    return {
      stage,
      count: reached,
      ...(i === 0 ? {} : ratios),
      ...(i === 0 || mode === 'period' ? {} : { matured }),
      ...(mayBeSkipped ? { skipped: own === undefined ? 0 : count(own.skipped) } : {}),
      ...(isRecorded ? {} : { recorded: false as const }),
    };
  });
}

async function isRecorded(sight: Sight, stage: number): Promise<boolean> {
  let facts = 0;
  for (const metric of entryMetrics(stage))
    facts += countFacts(await sight.reader.cuts(sight.pin, metric, sight.upTo, { from: null, to: null }));
  return facts > 0;
}

/** Whether everybody of the cohort has had `horizonDays`: the period (or the row's own) must have ended so long ago, as known then. */
function maturity(deps: FiguresDeps, sight: Sight, parameters: FunnelParameters, label: string | null): boolean | null {
  const { horizonDays, period } = parameters;
  if (horizonDays === null) return null;
  const end = label === null ? period.to : lastDay(label, period, deps.organisation.fiscalYearStart);
  if (end === null || sight.now === null) return false;
  return calendarOf(deps.organisation).dayOf(sight.now) > end + horizonDays;
}

function lastDay(label: string, period: DayRange, fiscalYearStart: string): DayNumber | null {
  const row = parsePeriod(label, fiscalYearStart);
  if (row === null) return period.to;
  return period.to === null ? row.to : Math.min(row.to, period.to);
}
