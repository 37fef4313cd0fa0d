import { touchesOf, type WeighingModel } from './rule-model.js';

/**
 * A custom model by kind of touch (a demo weighs 5, a newsletter 1): each touch gets its kind's weight, divided by the sum over the path. Kinds that are
 * not named weigh `other`. A path without any weight is unattributed.
 */
export function kindWeights(name: string, byKind: ReadonlyMap<string, number>, other: number): WeighingModel {
  return {
    name,
    needs: ['kinds'],
    weigh(paths, path, weights) {
      const start = paths.starts[path] ?? 0;
      const touches = touchesOf(paths, path);
      let sum = 0;
      for (let index = 0; index < touches; index++) {
        const weight = byKind.get(paths.kinds[paths.kindOf[start + index] ?? 0] ?? '') ?? other;
        weights[index] = weight;
        sum += weight;
      }
      if (sum <= 0) return false;
      for (let index = 0; index < touches; index++) weights[index] = (weights[index] ?? 0) / sum;
      return true;
    },
  };
}
