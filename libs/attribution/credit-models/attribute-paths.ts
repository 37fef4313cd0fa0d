import type { CreditModel } from './credit-models.js';
import { countTransitions, markovCredit } from './markov.js';
import type { PathTable } from './path-table.js';
import type { RuleModel } from './rule-model.js';
import { countChannelSets, shapleyCredit } from './shapley.js';

/** One model's credit, by channel number of the table. Credited and unattributed together are what the paths hold. */
export interface ModelCredit {
  readonly model: string;
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  /** Of paths without a touch that the model credits. */
  readonly unattributed: { readonly conversions: number; readonly value: number };
  /** Markov only: the effect of removing each channel on conversions. */
  readonly removalEffects: Float64Array | null;
}

export interface AttributeOptions {
  /** Whether paths that did not convert count, for the models that look at them (Markov). Default true. */
  readonly nulls?: boolean;
}

/** Credit of all paths under each model, in the models' order. Rule models take one pass each over typed arrays. */
export function attributePaths(
  paths: PathTable,
  models: readonly CreditModel[],
  { nulls = true }: AttributeOptions = {},
): ModelCredit[] {
  return models.map((model) => {
    if (!('learned' in model)) return byRule(paths, model);
    const credit =
      model.name === 'markov-1'
        ? markovCredit(countTransitions(paths, { nulls }))
        : { ...shapleyCredit(countChannelSets(paths), paths.channels.length), removalEffects: null };
    const { conversions, value, removalEffects } = credit;
    return { model: model.name, conversions, value, removalEffects, unattributed: withoutTouch(paths) };
  });
}

function byRule(paths: PathTable, model: RuleModel): ModelCredit {
  const conversions = new Float64Array(paths.channels.length);
  const value = new Float64Array(paths.channels.length);
  const unattributed =
    'pick' in model
      ? pickAll(paths, model.pick, conversions, value)
      : weighAll(paths, model.weigh, conversions, value);
  return { model: model.name, conversions, value, unattributed, removalEffects: null };
}

type Unattributed = ModelCredit['unattributed'];

function pickAll(
  paths: PathTable,
  pick: (paths: PathTable, path: number) => number,
  conversions: Float64Array,
  value: Float64Array,
): Unattributed {
  const { starts, channelOf } = paths;
  for (let path = 0; path < paths.paths; path++) {
    const start = starts[path] ?? 0;
    if (start === starts[path + 1]) continue;
    const channel = channelOf[start + pick(paths, path)] ?? 0;
    conversions[channel] = (conversions[channel] ?? 0) + (paths.conversions[path] ?? 0);
    value[channel] = (value[channel] ?? 0) + (paths.value[path] ?? 0);
  }
  return withoutTouch(paths);
}

function weighAll(
  paths: PathTable,
  weigh: (paths: PathTable, path: number, weights: Float64Array) => boolean,
  conversions: Float64Array,
  value: Float64Array,
): Unattributed {
  const { starts, channelOf } = paths;
  const weights = new Float64Array(longest(paths));
  const left = { conversions: 0, value: 0 };
  for (let path = 0; path < paths.paths; path++) {
    const start = starts[path] ?? 0;
    const touches = (starts[path + 1] ?? 0) - start;
    const won = paths.conversions[path] ?? 0;
    const worth = paths.value[path] ?? 0;
    if (won === 0 && worth === 0) continue;
    if (touches === 0 || !weigh(paths, path, weights)) {
      left.conversions += won;
      left.value += worth;
      continue;
    }
    for (let index = 0; index < touches; index++) {
      const channel = channelOf[start + index] ?? 0;
      const weight = weights[index] ?? 0;
      conversions[channel] = (conversions[channel] ?? 0) + weight * won;
      value[channel] = (value[channel] ?? 0) + weight * worth;
    }
  }
  return left;
}

function withoutTouch(paths: PathTable): Unattributed {
  const left = { conversions: 0, value: 0 };
  for (let path = 0; path < paths.paths; path++) {
    if (paths.starts[path] !== paths.starts[path + 1]) continue;
    left.conversions += paths.conversions[path] ?? 0;
    left.value += paths.value[path] ?? 0;
  }
  return left;
}

function longest({ paths, starts }: PathTable): number {
  let most = 0;
  for (let path = 0; path < paths; path++) most = Math.max(most, (starts[path + 1] ?? 0) - (starts[path] ?? 0));
  return most;
}
