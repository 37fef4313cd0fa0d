import { touchesOf, type WeighingModel } from './rule-model.js';

/**
 * A touch d days before the close weighs 2^(-d / halfLife), fractions of days included, and all are divided by their sum. Counted from the last
 * touch instead of the close, which changes no share and keeps a path of long ago from weighing 0.
 * Source: Google Analytics, "Time decay" (half-life 7 days).
 */
export function timeDecay(halfLifeDays: number): WeighingModel {
  const rate = 1 / halfLifeDays;
  return {
    name: `time-decay-${halfLifeDays}d`,
    needs: ['times'],
    weigh(paths, path, weights) {
      const start = paths.starts[path] ?? 0;
      const touches = touchesOf(paths, path);
      const last = paths.daysBefore[start + touches - 1] ?? 0;
      let sum = 0;
      for (let index = 0; index < touches; index++) {
        const weight = halved(((paths.daysBefore[start + index] ?? 0) - last) * rate);
        weights[index] = weight;
        sum += weight;
      }
      const scale = 1 / sum;
      for (let index = 0; index < touches; index++) weights[index] = (weights[index] ?? 0) * scale;
      return true;
    },
  };
}

export const timeDecay7d: WeighingModel = timeDecay(7);

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
