import type { PathTable } from './path-table.js';

/** What a model must know of a path beyond the order of its channels. */
export type ModelNeed = 'times' | 'leadCreation' | 'opportunity' | 'kinds';

/**
 * A model that looks at one path alone, as opposed to Markov and Shapley, which look at all of them. `credit` adds each path's conversions and value
 * to its touches' channels, by weights that sum to 1, and gives what it credited to nobody although the path has touches. Paths without
 * touches are not its matter. Each model has a loop of its own over the columns: a function called once a path would cost more than the credit.
 */
export interface RuleModel {
  readonly name: string;
  readonly needs: readonly ModelNeed[];
  readonly credit: (paths: PathTable, sums: CreditSums) => Unattributed;
}

/** By channel number. */
export interface CreditSums {
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

export interface Unattributed {
  readonly conversions: number;
  readonly value: number;
}

export const NOTHING: Unattributed = { conversions: 0, value: 0 };

export const noSums = (channels: number): CreditSums => ({
  conversions: new Float64Array(channels),
  value: new Float64Array(channels),
});

/** The weights of one path under a rule model, touch by touch; empty where it credits no touch. */
export function weightsOf(model: RuleModel, paths: PathTable, path = 0): number[] {
  const from = paths.starts[path] ?? 0;
  const to = paths.starts[path + 1] ?? 0;
  if (from === to) return [];
  const sums = noSums(to - from);
  const { conversions } = model.credit(touchesAsChannels(paths, path, from, to), sums);
  return conversions === 0 ? [...sums.conversions] : [];
}

/** The path alone, converting once, each touch a channel of its own: credit by channel is then credit by touch. */
function touchesAsChannels(paths: PathTable, path: number, from: number, to: number): PathTable {
  const channelOf = paths.channelOf.subarray(from, to);
  return {
    ...paths,
    channels: Array.from(channelOf, (number) => paths.channels[number] ?? ''),
    isDirect: channelOf.reduce(
      (direct, number, touch) => direct.fill(paths.isDirect[number] ?? 0, touch, touch + 1),
      new Uint8Array(to - from),
    ),
    paths: 1,
    starts: Uint32Array.of(0, to - from),
    channelOf: channelOf.map((_, touch) => touch),
    kindOf: paths.kindOf.subarray(from, to),
    daysBefore: paths.daysBefore.subarray(from, to),
    leadCreation: paths.leadCreation.subarray(path, path + 1),
    opportunity: paths.opportunity.subarray(path, path + 1),
    conversions: Float64Array.of(1),
    value: Float64Array.of(0),
    nulls: Float64Array.of(0),
  };
}

/** Adds to one channel. The indexes that models compute lie in the columns by construction; `?? 0` only tells the compiler so. */
export function give(sums: Float64Array, channel: number, more: number): void {
  sums[channel] = (sums[channel] ?? 0) + more;
}
