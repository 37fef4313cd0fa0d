import { attributePaths } from '../credit-models/attribute-paths.js';
import { RULE_MODELS } from '../credit-models/credit-models.js';
import type { PathTable } from '../credit-models/path-table.js';

export interface Measured {
  /** Path-models a second: paths times models. */
  readonly models: number;
  /** The bare loop's linear credits a second. */
  readonly bare: number;
  readonly ratio: number;
}

/**
 * All rule models over made-up paths (mean length 5, twelve channels, all columns filled), against a bare loop over the same typed arrays that only does linear
 * credit. By turns, after a warm-up; the ratio is the median of the pairs.
 */
export function measureRuleModels({ paths, runs }: { readonly paths: number; readonly runs: number }): Measured {
  const table = madeUpPaths(paths);
  const pairs: Measured[] = [];
  for (let run = -1; run < runs; run++) {
    const models = rateOf(paths * RULE_MODELS.length, () => attributePaths(table, RULE_MODELS));
    const bare = rateOf(paths * RULE_MODELS.length, () => RULE_MODELS.map(() => bareLinear(table)));
    if (run >= 0) pairs.push({ models, bare, ratio: models / bare });
  }
  pairs.sort((a, b) => a.ratio - b.ratio);
  const median = pairs[Math.floor(pairs.length / 2)];
  if (median === undefined) throw new RangeError('runs must be 1 or more');
  return median;
}

/** The least that anybody would write for linear credit. */
function bareLinear({ starts, channelOf, conversions, value, paths, channels }: PathTable): Float64Array[] {
  const won = new Float64Array(channels.length);
  const worth = new Float64Array(channels.length);
  for (let path = 0; path < paths; path++) {
    const from = starts[path] ?? 0;
    const to = starts[path + 1] ?? 0;
    const conversion = (conversions[path] ?? 0) / (to - from);
    const share = (value[path] ?? 0) / (to - from);
    for (let touch = from; touch < to; touch++) {
      const channel = channelOf[touch] ?? 0;
      won[channel] = (won[channel] ?? 0) + conversion;
      worth[channel] = (worth[channel] ?? 0) + share;
    }
  }
  return [won, worth];
}

function rateOf(count: number, work: () => unknown): number {
  const began = performance.now();
  work();
  return (count / (performance.now() - began)) * 1_000;
}

const CHANNELS = 12;

/** Lengths 1 to 9 evenly, a fixed seed. */
function madeUpPaths(paths: number): PathTable {
  const next = random(42);
  const starts = new Uint32Array(paths + 1);
  for (let path = 0; path < paths; path++) starts[path + 1] = (starts[path] ?? 0) + 1 + Math.floor(next() * 9);
  const touches = starts[paths] ?? 0;
  const daysBefore = new Float64Array(touches);
  const leadCreation = new Int32Array(paths);
  const opportunity = new Int32Array(paths);
  for (let path = 0; path < paths; path++) {
    let days = 0;
    const from = starts[path] ?? 0;
    const to = starts[path + 1] ?? 0;
    for (let touch = to - 1; touch >= from; touch--) daysBefore[touch] = days += next() * 10;
    leadCreation[path] = Math.floor(next() * (to - from));
    opportunity[path] = Math.floor(next() * (to - from));
  }
  const channels = Array.from({ length: CHANNELS }, (_, number) => (number === 0 ? 'direct' : `channel-${number}`));
  return {
    channels,
    isDirect: Uint8Array.from(channels, (name) => (name === 'direct' ? 1 : 0)),
    kinds: [''],
    paths,
    starts,
    channelOf: Uint32Array.from({ length: touches }, () => Math.floor(next() * CHANNELS)),
    kindOf: new Uint32Array(touches),
    daysBefore,
    leadCreation,
    opportunity,
    conversions: new Float64Array(paths).fill(1),
    value: Float64Array.from({ length: paths }, () => next() * 1_000),
    nulls: new Float64Array(paths),
  };
}

/** mulberry32: the same numbers on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
