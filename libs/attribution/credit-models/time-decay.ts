import { longestOf } from './path-table.js';
import { give, NOTHING, type RuleModel } from './rule-model.js';

/**
 * A touch d days before the close weighs 2^(-d / halfLife), fractions of days included, and all are divided by their sum. Counted from the last
 * touch instead of the close, which changes no share and keeps a path of long ago from weighing 0.
 * Source: Google Analytics, "Time decay" (half-life 7 days).
 */
export function timeDecay(halfLifeDays: number): RuleModel {
  const rate = 1 / halfLifeDays;
  return {
    name: `time-decay-${halfLifeDays}d`,
    needs: ['times'],
    credit(paths, { conversions, value }) {
      const { starts, channelOf, daysBefore } = paths;
      const weights = new Float64Array(longestOf(paths));
      for (let path = 0; path < paths.paths; path++) {
        const start = starts[path] ?? 0;
        const end = starts[path + 1] ?? 0;
        if (start === end) continue;
        const last = daysBefore[end - 1] ?? 0;
        let sum = 0;
        for (let touch = start; touch < end; touch++) {
          const weight = halved(((daysBefore[touch] ?? 0) - last) * rate);
          weights[touch - start] = weight;
          sum += weight;
        }
        const won = (paths.conversions[path] ?? 0) / sum;
        const worth = (paths.value[path] ?? 0) / sum;
        for (let touch = start; touch < end; touch++) {
          const channel = channelOf[touch] ?? 0;
          const weight = weights[touch - start] ?? 0;
          give(conversions, channel, won * weight);
          give(value, channel, worth * weight);
        }
      }
      return NOTHING;
    },
  };
}

export const timeDecay7d: RuleModel = timeDecay(7);

/** Doubles end at 2^-1074. */
const WHOLE = Float64Array.from({ length: 1_076 }, (_, power) => 2 ** -power);
const STEPS = 1_024;
const FRACTION = Float64Array.from({ length: STEPS + 1 }, (_, step) => 2 ** (-step / STEPS));

/** 2^-times for times >= 0, to a relative error below 1e-15; several times as fast as `**`: the whole part and 1024ths from tables, what is left by its series. */
export function halved(times: number): number {
  if (!(times < 1_075)) return 0;
  const whole = times | 0;
  const steps = (times - whole) * STEPS;
  const step = steps | 0;
  const left = ((steps - step) / STEPS) * -Math.LN2;
  const series = 1 + left * (1 + left * (1 / 2 + left * (1 / 6 + left * (1 / 24))));
  return (WHOLE[whole] ?? 0) * (FRACTION[step] ?? 0) * series;
}
