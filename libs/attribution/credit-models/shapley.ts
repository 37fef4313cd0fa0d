import type { PathTable } from './path-table.js';

/** What the paths over exactly one set of channels brought in. */
export interface ChannelSet {
  /** Channel numbers, ascending, each once. */
  readonly channels: readonly number[];
  readonly conversions: number;
  readonly value: number;
}

/** By the channels' numbers joined with a comma. Plain sums: two paths' sets add up, so they can be kept current one path at a time. */
export type ChannelSets = Map<string, ChannelSet>;

export function countChannelSets(paths: PathTable): ChannelSets {
  const sets: ChannelSets = new Map();
  for (let path = 0; path < paths.paths; path++) {
    const conversions = paths.conversions[path] ?? 0;
    const value = paths.value[path] ?? 0;
    const touches = paths.channelOf.subarray(paths.starts[path], paths.starts[path + 1]);
    if (touches.length === 0 || (conversions === 0 && value === 0)) continue;
    addChannelSet(sets, { channels: [...new Set(touches)].sort((a, b) => a - b), conversions, value });
  }
  return sets;
}

export function addChannelSet(sets: ChannelSets, { channels, conversions, value }: ChannelSet): void {
  const key = channels.join();
  const before = sets.get(key);
  sets.set(key, {
    channels,
    conversions: (before?.conversions ?? 0) + conversions,
    value: (before?.value ?? 0) + value,
  });
}

/**
 * The Shapley value of the game v(S) = conversions of the paths whose channels all lie in S, by channel number. That game is the sum, over the sets T
 * of channels that paths really had, of w(T) to every S that contains T; in each of those games the members of T are alike and all others
 * add nothing, so each member gets w(T) / |T|. Exact for any number of channels, and linear in the number of sets.
 * Source: Shapley, "A value for n-person games" (1953); the dividends are Harsanyi's (1963); Zhao, Mahboobi, Bagheri, "Shapley value methods for
 * attribution modeling in online advertising" (2018) have the same short cut.
 */
export function shapleyCredit(
  sets: ChannelSets,
  channels: number,
): { readonly conversions: Float64Array; readonly value: Float64Array } {
  const conversions = new Float64Array(channels);
  const value = new Float64Array(channels);
  for (const set of sets.values()) {
    for (const channel of set.channels) {
      conversions[channel] = (conversions[channel] ?? 0) + set.conversions / set.channels.length;
      value[channel] = (value[channel] ?? 0) + set.value / set.channels.length;
    }
  }
  return { conversions, value };
}
