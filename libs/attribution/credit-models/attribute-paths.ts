import type { CreditModel } from './credit-models.js';
import { countTransitions, markovCredit } from './markov.js';
import type { PathTable } from './path-table.js';
import { MOST_POINTS, noPoints, type PickingModel, type PlacingModel, type WeighingModel } from './rule-model.js';
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

export interface Unattributed {
  readonly conversions: number;
  readonly value: number;
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
  const shape = shapeOf(paths);
  return models.map((model) => {
    if ('learned' in model) return learned(paths, model.name, nulls, shape.withoutTouch);
    const sums = {
      conversions: new Float64Array(paths.channels.length),
      value: new Float64Array(paths.channels.length),
    };
    let { withoutTouch: unattributed } = shape;
    if ('pick' in model) pickAll(paths, model.pick, sums);
    else if ('place' in model) unattributed = placeAll(paths, model.place, sums);
    else unattributed = weighAll(paths, model.weigh, sums, shape.longest);
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

interface Sums {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

function pickAll(paths: PathTable, pick: PickingModel['pick'], { conversions, value }: Sums): void {
  const { starts, channelOf } = paths;
  for (let path = 0; path < paths.paths; path++) {
    const start = starts[path] ?? 0;
    if (start === starts[path + 1]) continue;
    const channel = channelOf[start + pick(paths, path)] ?? 0;
    conversions[channel] = (conversions[channel] ?? 0) + (paths.conversions[path] ?? 0);
    value[channel] = (value[channel] ?? 0) + (paths.value[path] ?? 0);
  }
}

function placeAll(paths: PathTable, place: PlacingModel['place'], { conversions, value }: Sums): Unattributed {
  const { starts, channelOf } = paths;
  const points = noPoints();
  const { count, at, extra } = points;
  const left = { conversions: 0, value: 0 };
  for (let path = 0; path < paths.paths; path++) {
    const start = starts[path] ?? 0;
    const end = starts[path + 1] ?? 0;
    const won = paths.conversions[path] ?? 0;
    const worth = paths.value[path] ?? 0;
    if (won === 0 && worth === 0) continue;
    if (start === end || !place(paths, path, points)) {
      left.conversions += won;
      left.value += worth;
      continue;
    }
    const base = extra[MOST_POINTS] ?? 0;
    if (base !== 0) {
      const wonEach = base * won;
      const worthEach = base * worth;
      for (let touch = start; touch < end; touch++) {
        const channel = channelOf[touch] ?? 0;
        conversions[channel] = (conversions[channel] ?? 0) + wonEach;
        value[channel] = (value[channel] ?? 0) + worthEach;
      }
    }
    for (let point = 0; point < (count[0] ?? 0); point++) {
      const channel = channelOf[start + (at[point] ?? 0)] ?? 0;
      const weight = extra[point] ?? 0;
      conversions[channel] = (conversions[channel] ?? 0) + weight * won;
      value[channel] = (value[channel] ?? 0) + weight * worth;
    }
  }
  return left;
}

function weighAll(
  paths: PathTable,
  weigh: WeighingModel['weigh'],
  { conversions, value }: Sums,
  longest: number,
): Unattributed {
  const { starts, channelOf } = paths;
  const weights = new Float64Array(longest);
  const left = { conversions: 0, value: 0 };
  for (let path = 0; path < paths.paths; path++) {
    const start = starts[path] ?? 0;
    const end = starts[path + 1] ?? 0;
    const won = paths.conversions[path] ?? 0;
    const worth = paths.value[path] ?? 0;
    if (won === 0 && worth === 0) continue;
    if (start === end || !weigh(paths, path, weights)) {
      left.conversions += won;
      left.value += worth;
      continue;
    }
    for (let touch = start; touch < end; touch++) {
      const channel = channelOf[touch] ?? 0;
      const weight = weights[touch - start] ?? 0;
      conversions[channel] = (conversions[channel] ?? 0) + weight * won;
      value[channel] = (value[channel] ?? 0) + weight * worth;
    }
  }
  return left;
}

/** What several models ask of the table, found once. */
function shapeOf(paths: PathTable): { readonly withoutTouch: Unattributed; readonly longest: number } {
  const withoutTouch = { conversions: 0, value: 0 };
  let longest = 0;
  for (let path = 0; path < paths.paths; path++) {
    const touches = (paths.starts[path + 1] ?? 0) - (paths.starts[path] ?? 0);
    if (touches > longest) longest = touches;
    if (touches > 0) continue;
    withoutTouch.conversions += paths.conversions[path] ?? 0;
    withoutTouch.value += paths.value[path] ?? 0;
  }
  return { withoutTouch, longest };
}
