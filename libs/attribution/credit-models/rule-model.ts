import type { PathTable } from './path-table.js';

/** What a model must know of a path beyond the order of its channels. */
export type ModelNeed = 'times' | 'leadCreation' | 'opportunity' | 'kinds';

interface Named {
  readonly name: string;
  readonly needs: readonly ModelNeed[];
}

/** All credit to one touch: `pick` gives its index in the path, which has one touch at least. */
export interface PickingModel extends Named {
  readonly pick: (paths: PathTable, path: number) => number;
}

/**
 * Credit by weight: `weigh` writes the weight of each of the path's touches (one at least) to `weights[0]` and on. They sum to 1. It gives
 * false, and its weights mean nothing, where the path has no touch that the model credits.
 */
export interface WeighingModel extends Named {
  readonly weigh: (paths: PathTable, path: number, weights: Float64Array) => boolean;
}

/** A model that looks at one path alone, as opposed to Markov and Shapley, which look at all of them. */
export type RuleModel = PickingModel | WeighingModel;

/** The weights of one path under any rule model; empty where it credits no touch. */
export function weightsOf(model: RuleModel, paths: PathTable, path = 0): number[] {
  const touches = touchesOf(paths, path);
  if (touches === 0) return [];
  const weights = new Float64Array(touches);
  if ('pick' in model) weights[model.pick(paths, path)] = 1;
  else if (!model.weigh(paths, path, weights)) return [];
  return [...weights];
}

// Within the table's bounds by construction; `?? 0` only tells the compiler so.
export const touchesOf = (paths: PathTable, path: number): number =>
  (paths.starts[path + 1] ?? 0) - (paths.starts[path] ?? 0);
