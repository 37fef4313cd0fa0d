import { entryMetric, METRIC, pairMetric } from '../contribution/fact.js';
import type { BlockCut } from '../facts-reader.js';
import { LEAD } from '../history/history.js';
import type { Grouping } from './grouping.js';
import type { AskedPeriod } from './parameters.js';
import type { Sight } from './sight.js';

export interface FunnelAsked {
  /** Indexes in `FUNNEL_STAGES`, ascending. */
  readonly stages: readonly number[];
  readonly period: AskedPeriod;
  /** null: for ever. */
  readonly horizonDays: number | null;
}

/** By group number. */
export interface StageCounts {
  readonly reached: Float64Array;
  readonly skipped: Float64Array;
  /** Cohort: by place of an earlier stage of the funnel, how many of those that reached this one had that one recorded as well. */
  readonly reachedAlso: readonly Float64Array[];
}

/** Of the passes that entered the first stage in the period: how many reached each other stage, within the horizon. */
export async function cohort(sight: Sight, parameters: FunnelAsked, groups: Grouping): Promise<readonly StageCounts[]> {
  const { stages, period, horizonDays } = parameters;
  const [first = LEAD, ...others] = stages;
  const counts = stages.map(() => stageCounts());
  for (const metric of entryMetrics(first))
    addEntries(await sight.reader.cuts(sight.pin, metric, sight.upTo, period), groups, counts, stages, 0, false);
  for (const [i, stage] of others.entries()) {
    const cuts = await sight.reader.cuts(sight.pin, pairMetric(first, stage), sight.upTo, period);
    addPairs(cuts, groups, counts, stages, i + 1, horizonDays ?? Infinity);
  }
  return counts.map(({ take }) => take());
}

/** Entries into each stage in the period. */
export async function byPeriod(
  sight: Sight,
  parameters: FunnelAsked,
  groups: Grouping,
): Promise<readonly StageCounts[]> {
  const { stages, period } = parameters;
  const counts = stages.map(() => stageCounts());
  for (const [i, stage] of stages.entries()) {
    for (const metric of entryMetrics(stage))
      addEntries(await sight.reader.cuts(sight.pin, metric, sight.upTo, period), groups, counts, stages, i, true);
  }
  return counts.map(({ take }) => take());
}

/** The metrics whose facts are the entries into a stage. */
export const entryMetrics = (stage: number): readonly number[] =>
  stage === LEAD ? [METRIC.leads, METRIC.reentries] : [entryMetric(stage)];

function addEntries(
  cuts: readonly BlockCut[],
  groups: Grouping,
  counts: readonly Counter[],
  stages: readonly number[],
  place: number,
  skips: boolean,
): void {
  for (const cut of cuts) {
    const numbers = groups.groupsOf(cut);
    const { class: classes, n } = cut.block;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] ?? -1;
      if (number < 0) continue;
      const sign = n?.[i] ?? 1;
      counts[place]?.reach(number, sign);
      if (skips) addSkips(counts, stages, place, 0, (classes?.[i] ?? 0) >> 1, number, sign);
    }
  }
}

function addPairs(
  cuts: readonly BlockCut[],
  groups: Grouping,
  counts: readonly Counter[],
  stages: readonly number[],
  place: number,
  horizon: number,
): void {
  for (const cut of cuts) {
    const numbers = groups.groupsOf(cut);
    const { class: classes, n } = cut.block;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] ?? -1;
      const key = classes?.[i] ?? 0;
      if (number < 0 || key >> 6 > horizon) continue;
      const sign = n?.[i] ?? 1;
      counts[place]?.reach(number, sign);
      for (let earlier = 1; earlier < place; earlier++) {
        if (((key & 63) >> (stages[earlier] ?? 0)) & 1) counts[place]?.reachAlso(earlier, number, sign);
      }
      addSkips(counts, stages, place, 1, key & 63, number, sign);
    }
  }
}

/** The stages of this funnel just before the one reached, back to the last that the pass has recorded, were jumped; each pass counts once for each. */
function addSkips(
  counts: readonly Counter[],
  stages: readonly number[],
  place: number,
  from: number,
  recorded: number,
  number: number,
  sign: number,
): void {
  for (let i = place - 1; i >= from; i--) {
    if ((recorded >> (stages[i] ?? 0)) & 1) return;
    counts[i]?.skip(number, sign);
  }
}

interface Counter {
  reach(number: number, n: number): void;
  reachAlso(earlier: number, number: number, n: number): void;
  skip(number: number, n: number): void;
  readonly take: () => StageCounts;
}

function stageCounts(): Counter {
  const reached: number[] = [];
  const skipped: number[] = [];
  const also: number[][] = [];
  const add = (list: number[], number: number, n: number): void => {
    while (list.length <= number) list.push(0);
    list[number] = (list[number] ?? 0) + n;
  };
  return {
    reach: (number, n) => add(reached, number, n),
    reachAlso: (earlier, number, n) => add((also[earlier] ??= []), number, n),
    skip: (number, n) => add(skipped, number, n),
    take: () => ({
      reached: Float64Array.from(reached),
      skipped: Float64Array.from(skipped),
      reachedAlso: Array.from(also, (list: number[] | undefined) => Float64Array.from(list ?? [])),
    }),
  };
}
