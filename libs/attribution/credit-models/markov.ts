import type { PathTable } from './path-table.js';

/**
 * How often paths went from one state to the next, as plain sums by channel number: counts of any two sets of paths add up to the counts of both, so they can be
 * kept current one path at a time. A channel followed by itself is no step.
 */
export interface TransitionCounts {
  readonly channels: number;
  /** [from * channels + to]; from = channels is the start. */
  readonly steps: Float64Array;
  /** By last channel: conversions, their value, and ends without conversion. */
  readonly converted: Float64Array;
  readonly value: Float64Array;
  readonly lost: Float64Array;
}

export const noTransitions = (channels: number): TransitionCounts => ({
  channels,
  steps: new Float64Array((channels + 1) * channels),
  converted: new Float64Array(channels),
  value: new Float64Array(channels),
  lost: new Float64Array(channels),
});

/** Counts all paths with touches; null paths only where `nulls` says so. */
export function countTransitions(paths: PathTable, { nulls }: { readonly nulls: boolean }): TransitionCounts {
  const counts = noTransitions(paths.channels.length);
  const { channels, steps, converted, value, lost } = counts;
  for (let path = 0; path < paths.paths; path++) {
    const from = paths.starts[path] ?? 0;
    const to = paths.starts[path + 1] ?? 0;
    const won = paths.conversions[path] ?? 0;
    const ended = nulls ? (paths.nulls[path] ?? 0) : 0;
    if (from === to || won + ended === 0) continue;
    let state = channels;
    for (let touch = from; touch < to; touch++) {
      const next = paths.channelOf[touch] ?? 0;
      if (next === state) continue;
      add(steps, state * channels + next, won + ended);
      state = next;
    }
    add(converted, state, won);
    add(value, state, paths.value[path] ?? 0);
    add(lost, state, ended);
  }
  return counts;
}

/** Adds `more` to `counts`, or takes it away with sign -1. Both number the same channels. */
export function addTransitions(counts: TransitionCounts, more: TransitionCounts, sign: 1 | -1 = 1): void {
  for (const column of ['steps', 'converted', 'value', 'lost'] as const)
    more[column].forEach((count, index) => add(counts[column], index, sign * count));
}

export interface MarkovCredit {
  /** Probability that a path from the start converts. */
  readonly base: number;
  /** By channel: 1 - P(conversion without the channel) / P(conversion), and the same of the expected value. */
  readonly removalEffects: Float64Array;
  readonly valueRemovalEffects: Float64Array;
  /** By channel: all conversions (all value) shared in proportion to the effects. */
  readonly conversions: Float64Array;
  readonly value: Float64Array;
}

/**
 * Credit by removal effect in the exact absorbing chain of order 1. Removing channel c sends every step into it to null, so that exactly
 * the paths that never reach c still convert: P(conv without c) = P(conv) - P(reach c) x P(conv from c), and P(reach c) = N[start, c] / N[c, c] with the
 * fundamental matrix N = (I - Q)^-1. Start probabilities are not renormalised: paths that began at c are lost too. For value, a conversion
 * from c is worth the mean value of the conversions that ended there.
 * Source: Anderl, Becker, von Wangenheim, Schumann, "Mapping the customer journey", Int. J. of Research in Marketing 33 (2016); the reading of
 * value is that of the R package ChannelAttribution. O(channels^3).
 */
export function markovCredit(counts: TransitionCounts): MarkovCredit {
  const { channels, steps, converted, value, lost } = counts;
  const leaving = Float64Array.from(converted, (won, from) => {
    let sum = won + (lost[from] ?? 0);
    for (let to = 0; to < channels; to++) sum += steps[from * channels + to] ?? 0;
    return sum;
  });
  const visits = fundamentalMatrix(counts, leaving);
  const starts = steps.subarray(channels * channels);
  const begun = total(starts);
  const reached = new Float64Array(channels);
  for (let to = 0; to < channels; to++) {
    let expected = 0;
    for (let from = 0; from < channels; from++) expected += (starts[from] ?? 0) * (visits[from * channels + to] ?? 0);
    reached[to] = begun === 0 ? 0 : expected / begun / (visits[to * channels + to] ?? 1);
  }
  const effectsOf = (ending: Float64Array): { readonly base: number; readonly effects: Float64Array } => {
    const gained = Float64Array.from(ending, (_, from) => {
      let sum = 0;
      for (let last = 0; last < channels; last++) {
        const out = leaving[last] ?? 0;
        if (out > 0) sum += ((visits[from * channels + last] ?? 0) * (ending[last] ?? 0)) / out;
      }
      return sum;
    });
    const base = begun === 0 ? 0 : gained.reduce((sum, gain, from) => sum + ((starts[from] ?? 0) / begun) * gain, 0);
    return { base, effects: gained.map((gain, from) => (base === 0 ? 0 : ((reached[from] ?? 0) * gain) / base)) };
  };
  const conversions = effectsOf(converted);
  const worth = effectsOf(value);
  return {
    base: conversions.base,
    removalEffects: conversions.effects,
    valueRemovalEffects: worth.effects,
    conversions: shared(total(converted), conversions.effects),
    value: shared(total(value), worth.effects),
  };
}

/** Expected visits N = (I - Q)^-1 by Gauss-Jordan; I - Q is diagonally dominant, so no pivoting is needed. */
function fundamentalMatrix({ channels, steps }: TransitionCounts, leaving: Float64Array): Float64Array {
  const width = 2 * channels;
  const rows = Array.from({ length: channels }, (_, from) => {
    const row = new Float64Array(width);
    const out = leaving[from] ?? 0;
    if (out > 0) for (let to = 0; to < channels; to++) row[to] = -(steps[from * channels + to] ?? 0) / out;
    row[from] = 1;
    row[channels + from] = 1;
    return row;
  });
  for (const [pivot, row] of rows.entries()) {
    const scale = 1 / (row[pivot] ?? 1);
    for (let column = pivot; column < width; column++) row[column] = (row[column] ?? 0) * scale;
    for (const other of rows) {
      const factor = other[pivot] ?? 0;
      if (other === row || factor === 0) continue;
      for (let column = pivot; column < width; column++) add(other, column, -factor * (row[column] ?? 0));
    }
  }
  const inverse = new Float64Array(channels * channels);
  rows.forEach((row, from) => inverse.set(row.subarray(channels), from * channels));
  return inverse;
}

function shared(whole: number, effects: Float64Array): Float64Array {
  const sum = total(effects);
  return effects.map((effect) => (sum === 0 ? 0 : (whole * effect) / sum));
}

const total = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0);

function add(numbers: Float64Array, index: number, more: number): void {
  numbers[index] = (numbers[index] ?? 0) + more;
}
