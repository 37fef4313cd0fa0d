import { touchesOf, type WeighingModel } from './rule-model.js';

/**
 * A touch d days before the close weighs 2^(-d / halfLife), fractions of days included, and all are divided by their sum. Counted from the last
 * touch instead of the close, which changes no share and keeps a path of long ago from weighing 0.
 * Source: Google Analytics, "Time decay" (half-life 7 days).
 */
export function timeDecay(halfLifeDays: number): WeighingModel {
  const rate = -Math.LN2 / halfLifeDays;
  return {
    name: `time-decay-${halfLifeDays}d`,
    needs: ['times'],
    weigh(paths, path, weights) {
      const start = paths.starts[path] ?? 0;
      const touches = touchesOf(paths, path);
      const last = paths.daysBefore[start + touches - 1] ?? 0;
      let sum = 1;
      for (let index = 0; index < touches - 1; index++) {
        const weight = Math.exp(rate * ((paths.daysBefore[start + index] ?? 0) - last));
        weights[index] = weight;
        sum += weight;
      }
      const scale = 1 / sum;
      for (let index = 0; index < touches - 1; index++) weights[index] = (weights[index] ?? 0) * scale;
      weights[touches - 1] = scale;
      return true;
    },
  };
}

export const timeDecay7d: WeighingModel = timeDecay(7);
