import { give, type RuleModel } from './rule-model.js';

/**
 * A custom model by kind of touch (a demo weighs 5, a newsletter 1): each touch gets its kind's weight, divided by the sum over the path. Kinds that are
 * not named weigh `other`. A path without any weight is unattributed.
 */
export function kindWeights(name: string, byKind: ReadonlyMap<string, number>, other: number): RuleModel {
  return {
    name,
    needs: ['kinds'],
    credit(paths, { conversions, value }) {
      const { starts, channelOf, kindOf } = paths;
      const weights = Float64Array.from(paths.kinds, (kind) => byKind.get(kind) ?? other);
      const left = { conversions: 0, value: 0 };
      for (let path = 0; path < paths.paths; path++) {
        const start = starts[path] ?? 0;
        const end = starts[path + 1] ?? 0;
        const won = paths.conversions[path] ?? 0;
        const worth = paths.value[path] ?? 0;
        let sum = 0;
        for (let touch = start; touch < end; touch++) sum += weights[kindOf[touch] ?? 0] ?? 0;
        if (sum <= 0 && start < end) {
          left.conversions += won;
          left.value += worth;
        }
        if (sum <= 0) continue;
        for (let touch = start; touch < end; touch++) {
          const channel = channelOf[touch] ?? 0;
          const weight = (weights[kindOf[touch] ?? 0] ?? 0) / sum;
          give(conversions, channel, won * weight);
          give(value, channel, worth * weight);
        }
      }
      return left;
    },
  };
}
