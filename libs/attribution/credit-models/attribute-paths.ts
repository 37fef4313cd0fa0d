import type { CreditModel } from './credit-models.js';
import { countTransitions, markovCredit } from './markov.js';
import type { PathTable } from './path-table.js';
import { noSums, type Unattributed } from './rule-model.js';
import { countChannelSets, shapleyCredit } from './shapley.js';

/** One model's credit, by channel number of the table. Credited and unattributed together are what the paths hold. */
export interface ModelCredit {
  readonly model: string;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  /** Of paths without a touch that the model credits. */
  readonly unattributed: Unattributed;
  /** Markov only: the effect of removing each channel on conversions. */
  readonly removalEffects: Float64Array | null;
}

export interface AttributeOptions {
  /** Whether paths that did not convert count, for the models that look at them (Markov). Default true. */
  readonly nulls?: boolean;
}

/** Credit of all paths under each model, in the models' order. Each rule model takes one pass over the table's columns. */
export function attributePaths(
  paths: PathTable,
  models: readonly CreditModel[],
  { nulls = true }: AttributeOptions = {},
): ModelCredit[] {
  const without = withoutTouch(paths);
  return models.map((model) => {
    if ('learned' in model) return learned(paths, model.name, nulls, without);
    const sums = noSums(paths.channels.length);
    const left = model.credit(paths, sums);
    const unattributed = {
      conversions: without.conversions + left.conversions,
      value: without.value + left.value,
    };
    return { model: model.name, ...sums, unattributed, removalEffects: null };
  });
}

function learned(
  paths: PathTable,
  model: 'markov-1' | 'shapley',
  nulls: boolean,
  unattributed: Unattributed,
): ModelCredit {
  if (model === 'shapley') {
    const credit = shapleyCredit(countChannelSets(paths), paths.channels.length);
    return { model, ...credit, unattributed, removalEffects: null };
  }
  const { conversions, value, removalEffects } = markovCredit(countTransitions(paths, { nulls }));
  return { model, conversions, value, removalEffects, unattributed };
}

/** What the paths hold that have no touch at all. */
function withoutTouch(paths: PathTable): Unattributed {
  const left = { conversions: 0, value: 0 };
  for (let path = 0; path < paths.paths; path++) {
    if (paths.starts[path] !== paths.starts[path + 1]) continue;
    left.conversions += paths.conversions[path] ?? 0;
    left.value += paths.value[path] ?? 0;
  }
  return left;
}
