import type { DayNumber } from '#kernel/time.js';
import type { Block, DimensionColumn } from '../blocks/block.js';
import type { BlockCut, DayRange } from '../facts-reader.js';

export type Filters = ReadonlyMap<string, ReadonlySet<string | null>>;

export interface GroupingOptions {
  readonly days: DayRange;
  /** Names a stretch of days; null: no periods. */
  readonly periodOf: ((day: DayNumber) => string) | null;
  readonly by: readonly string[];
  readonly filters: Filters;
}

export interface Group {
  /** Only with periods. */
  readonly period: string | null;
  /** In the order of `by`. */
  readonly dims: readonly (string | null)[];
}

/**
 * Sorts facts into groups by period and dimensions. Works on whole columns: a row costs a few array reads, whatever the dimensions. Groups get
 * the same number in every metric of one grouping.
 */
export interface Grouping {
  /** Per row of the cut the number of its group, -1: outside the days or filters. Good until the next call. */
  groupsOf(cut: BlockCut): Int32Array;
  readonly size: number;
  group(number: number): Group;
}

export function grouping(options: GroupingOptions): Grouping {
  const periods = options.periodOf === null ? null : texts();
  const dimensions = options.by.map((name) => ({ name, known: texts() }));
  const levels = [...(periods === null ? [] : [level()]), ...dimensions.map(level)];
  const [periodLevel] = levels;
  const periodCodes = new Map<DayNumber, number>();

  let scratch = new Int32Array(4096);

  const periodCode = (day: DayNumber): number => {
    let code = periodCodes.get(day);
    if (code === undefined) {
      code = periods?.codeOf(options.periodOf?.(day) ?? null) ?? 0;
      periodCodes.set(day, code);
    }
    return code;
  };

  return {
    groupsOf({ block, rows }) {
      if (scratch.length < rows) scratch = new Int32Array(2 * rows);
      const groups = scratch.subarray(0, rows).fill(0);
      leaveOutDays(groups, block, options.days);
      for (const [name, allowed] of options.filters) leaveOutFiltered(groups, block.dimension(name), allowed);
      if (periods !== null && periodLevel !== undefined) {
        const { minDay, day: days } = block;
        const codes = new Int32Array(block.maxDay - minDay + 1).fill(-1);
        for (let i = 0; i < rows; i++) {
          const group = groups[i] ?? -1;
          if (group < 0) continue;
          const day = days[i] ?? 0;
          let code = codes[day - minDay] ?? -1;
          if (code < 0) {
            code = periodCode(day);
            codes[day - minDay] = code;
          }
          groups[i] = periodLevel.enter(group, code);
        }
      }
      dimensions.forEach(({ name, known }, i) => {
        const own = levels[i + (periods === null ? 0 : 1)];
        if (own !== undefined) split(groups, block.dimension(name), known, own);
      });
      return groups;
    },
    get size() {
      return levels.at(-1)?.size ?? 1;
    },
    group(number) {
      const dims: (string | null)[] = [];
      let at = number;
      let period: string | null = null;
      for (let i = levels.length - 1; i >= 0; i--) {
        const [parent, code] = levels[i]?.parts(at) ?? [0, 0];
        if (periods !== null && i === 0) period = periods.textOf(code);
        else dims.unshift(dimensions[i - (periods === null ? 0 : 1)]?.known.textOf(code) ?? null);
        at = parent;
      }
      return { period, dims };
    },
  };
}

function leaveOutDays(groups: Int32Array, block: Block, { from, to }: DayRange): void {
  if ((from === null || block.minDay >= from) && (to === null || block.maxDay <= to)) return;
  const least = from ?? -Infinity;
  const greatest = to ?? Infinity;
  const { day } = block;
  for (let i = 0; i < groups.length; i++) {
    const own = day[i] ?? 0;
    if (own < least || own > greatest) groups[i] = -1;
  }
}

function leaveOutFiltered(
  groups: Int32Array,
  column: DimensionColumn | null,
  allowed: ReadonlySet<string | null>,
): void {
  if (column === null) {
    if (!allowed.has(null)) groups.fill(-1);
    return;
  }
  const passes = new Uint8Array(column.texts.length + 1);
  passes[0] = allowed.has(null) ? 1 : 0;
  column.texts.forEach((text, i) => (passes[i + 1] = allowed.has(text) ? 1 : 0));
  const { codes } = column;
  for (let i = 0; i < groups.length; i++) if (passes[codes[i] ?? 0] === 0) groups[i] = -1;
}

function split(groups: Int32Array, column: DimensionColumn | null, known: Texts, own: Level): void {
  if (column === null) {
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i] ?? -1;
      if (group >= 0) groups[i] = own.enter(group, 0);
    }
    return;
  }
  const global = new Int32Array(column.texts.length + 1);
  column.texts.forEach((text, i) => (global[i + 1] = known.codeOf(text)));
  const { codes } = column;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] ?? -1;
    if (group >= 0) groups[i] = own.enter(group, global[codes[i] ?? 0] ?? 0);
  }
}

interface Texts {
  /** 0: null. */
  codeOf(text: string | null): number;
  textOf(code: number): string | null;
}

function texts(): Texts {
  const codes = new Map<string, number>();
  const list: (string | null)[] = [null];
  return {
    codeOf(text) {
      if (text === null) return 0;
      let code = codes.get(text);
      if (code === undefined) {
        code = list.push(text) - 1;
        codes.set(text, code);
      }
      return code;
    },
    textOf: (code) => list[code] ?? null,
  };
}

/** One key's step: (group so far, code) to a group number, dense in order of appearance. */
interface Level {
  enter(parent: number, code: number): number;
  parts(number: number): readonly [parent: number, code: number];
  readonly size: number;
}

/** Small codes and parents are looked up in an array, others in a map. */
const WIDTH = 512;

function level(): Level {
  const parents: number[] = [];
  const codes: number[] = [];
  let dense = new Int32Array(WIDTH);
  const sparse = new Map<number, number>();
  const add = (parent: number, code: number): number => {
    parents.push(parent);
    return codes.push(code) - 1;
  };
  return {
    enter(parent, code) {
      if (code < WIDTH && parent < WIDTH) {
        const key = parent * WIDTH + code;
        if (key >= dense.length) {
          const larger = new Int32Array(Math.max(dense.length * 2, key + 1));
          larger.set(dense);
          dense = larger;
        }
        const found = dense[key] ?? 0;
        if (found > 0) return found - 1;
        const number = add(parent, code);
        dense[key] = number + 1;
        return number;
      }
      const key = parent * 4_294_967_296 + code;
      let number = sparse.get(key);
      if (number === undefined) {
        number = add(parent, code);
        sparse.set(key, number);
      }
      return number;
    },
    parts: (number) => [parents[number] ?? 0, codes[number] ?? 0],
    get size() {
      return parents.length;
    },
  };
}
