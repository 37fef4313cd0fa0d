import { DIMENSIONS, dimsKey, type Dims } from '../history/dimensions.js';
import type { Block } from './block.js';

/** One stored fact. */
export interface StoredFact {
  readonly metric: number;
  readonly position: number;
  readonly day: number;
  readonly dims: Dims;
  readonly n: number;
  readonly value: number;
  readonly class: number;
  /** Place in `CAUSES`. */
  readonly cause: number;
}

/** A block's facts as objects, in order; for restoring an open epoch and for people, not for sums. */
export function rowsOf(
  block: Block,
  metric: number,
  epochStart: number,
  dimensions: readonly string[] = DIMENSIONS,
): StoredFact[] {
  const named = dimensions.map((name) => block.dimension(name));
  const custom = block.dimensionNames().filter((name) => !dimensions.includes(name));
  const tuples = new Map<string, Dims>();
  const facts: StoredFact[] = [];
  const { offset, day, n, value, class: classes, cause } = block;
  for (let i = 0; i < block.rows; i++) {
    const fresh: Dims = { values: named.map((column) => textAt(column, i)), custom: customOf(block, custom, i) };
    const key = dimsKey(fresh);
    const dims = tuples.get(key) ?? fresh;
    tuples.set(key, dims);
    facts.push({
      metric,
      position: epochStart + (offset[i] ?? 0),
      day: day[i] ?? 0,
      dims,
      n: n?.[i] ?? 1,
      value: value?.[i] ?? 0,
      class: classes?.[i] ?? 0,
      cause: cause[i] ?? 0,
    });
  }
  return facts;
}

function textAt(column: ReturnType<Block['dimension']>, row: number): string | null {
  const code = column?.codes[row] ?? 0;
  return code === 0 ? null : (column?.texts[code - 1] ?? null);
}

function customOf(block: Block, names: readonly string[], row: number): Dims['custom'] {
  const entries: [string, string][] = [];
  for (const name of names) {
    const text = textAt(block.dimension(name), row);
    if (text !== null) entries.push([name, text]);
  }
  return entries.length === 0 ? null : entries;
}
