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
 * The same for every touch, and more for a few: most rules are of this form, and their credit is summed without writing a weight per touch.
 * `place` writes to `points` and gives false, and what it wrote means nothing, where the path has no touch that the model credits.
 */
export interface PlacingModel extends Named {
  readonly place: (paths: PathTable, path: number, points: Points) => boolean;
}

/**
 * Weight of a touch = `extra[MOST_POINTS]`, the base, + `extra[k]` for each k < `count[0]` with `at[k]` = the touch's index. The weights sum to 1. Arrays, so that filling
 * them allocates nothing.
 */
export interface Points {
  readonly count: Uint32Array;
  readonly at: Uint32Array;
  readonly extra: Float64Array;
}
export const MOST_POINTS = 4;

/**
 * A weight of its own for each touch: `weigh` writes those of the path's touches (one at least) to `weights[0]` and on. They sum to 1. It gives
 * false, and its weights mean nothing, where the path has no touch that the model credits.
 */
export interface WeighingModel extends Named {
  readonly weigh: (paths: PathTable, path: number, weights: Float64Array) => boolean;
}

/** A model that looks at one path alone, as opposed to Markov and Shapley, which look at all of them. */
export type RuleModel = PickingModel | PlacingModel | WeighingModel;

/** The weights of one path under any rule model; empty where it credits no touch. */
export function weightsOf(model: RuleModel, paths: PathTable, path = 0): number[] {
  const touches = touchesOf(paths, path);
  if (touches === 0) return [];
  const weights = new Float64Array(touches);
  if ('pick' in model) {
    weights[model.pick(paths, path)] = 1;
    return [...weights];
  }
  if ('weigh' in model) return model.weigh(paths, path, weights) ? [...weights] : [];
  const points = noPoints();
  if (!model.place(paths, path, points)) return [];
  weights.fill(points.extra[MOST_POINTS] ?? 0);
  for (let point = 0; point < (points.count[0] ?? 0); point++) {
    const index = points.at[point] ?? 0;
    weights[index] = (weights[index] ?? 0) + (points.extra[point] ?? 0);
  }
  return [...weights];
}

export const noPoints = (): Points => ({
  count: new Uint32Array(1),
  at: new Uint32Array(MOST_POINTS),
  extra: new Float64Array(MOST_POINTS + 1),
});

// Within the table's bounds by construction; `?? 0` only tells the compiler so.
export const touchesOf = (paths: PathTable, path: number): number =>
  (paths.starts[path + 1] ?? 0) - (paths.starts[path] ?? 0);
