import { METRIC } from '../contribution/fact.js';
import type { BlockCut } from '../facts-reader.js';
import type { Grouping } from './grouping.js';

/** Sums of one metric by group number; groups that it does not reach are 0. */
export interface Sums {
  readonly n: Float64Array;
  readonly value: Float64Array;
  /** Facts by class, for percentiles; null when not asked for. */
  readonly classes: readonly (ReadonlyMap<number, number> | undefined)[] | null;
}

/** The second group of sums counts facts with the class's lowest bit only (a lead's first MQL, ...). */
export type SumKind = 'all' | 'first' | 'classes';

export function sum(cuts: readonly BlockCut[], grouping: Grouping, kind: SumKind): Sums {
  let n = new Float64Array(1024);
  let value = new Float64Array(1024);
  const classes: Map<number, number>[] = [];
  for (const cut of cuts) {
    const groups = grouping.groupsOf(cut);
    if (grouping.size > n.length) {
      n = enlarged(n, grouping.size);
      value = enlarged(value, grouping.size);
    }
    addNumbers(cut, groups, n, value, kind === 'first');
    if (kind === 'classes') addClasses(cut, groups, classes);
  }
  return { n, value, classes: kind === 'classes' ? classes : null };
}

/** How many facts there are in all, whatever their day and dimensions. */
export function countFacts(cuts: readonly BlockCut[]): number {
  let count = 0;
  for (const { block, rows } of cuts) {
    const { n } = block;
    if (n === null) count += rows;
    else for (let i = 0; i < rows; i++) count += n[i] ?? 0;
  }
  return count;
}

/** By metric whose date was assumed (the class of `METRIC.assumed`): how many facts, over all groups. */
export function countAssumed(cuts: readonly BlockCut[], grouping: Grouping): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const cut of cuts) {
    const groups = grouping.groupsOf(cut);
    const { class: classes, n } = cut.block;
    for (let i = 0; i < groups.length; i++) {
      if ((groups[i] ?? -1) < 0) continue;
      const metric = classes?.[i] ?? METRIC.leads;
      counts.set(metric, (counts.get(metric) ?? 0) + (n?.[i] ?? 1));
    }
  }
  return counts;
}

function addNumbers(
  { block }: BlockCut,
  groups: Int32Array,
  n: Float64Array,
  value: Float64Array,
  firstOnly: boolean,
): void {
  const { n: signs, value: values, class: classes } = block;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] ?? -1;
    if (group < 0) continue;
    if (firstOnly && ((classes?.[i] ?? 0) & 1) === 0) continue;
    const sign = signs === null ? 1 : (signs[i] ?? 1);
    n[group] = (n[group] ?? 0) + sign;
    if (values !== null) value[group] = (value[group] ?? 0) + sign * (values[i] ?? 0);
  }
}

function addClasses({ block }: BlockCut, groups: Int32Array, classes: Map<number, number>[]): void {
  const { class: keys, n } = block;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] ?? -1;
    if (group < 0) continue;
    const own = (classes[group] ??= new Map<number, number>());
    const key = keys?.[i] ?? 0;
    own.set(key, (own.get(key) ?? 0) + (n?.[i] ?? 1));
  }
}

function enlarged(from: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(size, from.length * 2));
  larger.set(from);
  return larger;
}
