import type { Dims } from '../history/dimensions.js';

/** Facts of one metric in columns, in position order. Grows in place: it stands in the hottest loop, where an object a fact would be garbage. */
export interface FactRows {
  length: number;
  /** Position within the epoch. */
  offset: Uint32Array;
  day: Int32Array;
  class: Int32Array;
  value: Float64Array;
  n: Int8Array;
  /** Place in `CAUSES`. */
  cause: Uint8Array;
  readonly dims: Dims[];
}

export function factRows(capacity = 64): FactRows {
  return {
    length: 0,
    offset: new Uint32Array(capacity),
    day: new Int32Array(capacity),
    class: new Int32Array(capacity),
    value: new Float64Array(capacity),
    n: new Int8Array(capacity),
    cause: new Uint8Array(capacity),
    dims: [],
  };
}

export function pushRow(
  rows: FactRows,
  offset: number,
  day: number,
  dims: Dims,
  n: number,
  value: number,
  klass: number,
  cause: number,
): void {
  const i = rows.length;
  if (i === rows.offset.length) grow(rows);
  rows.offset[i] = offset;
  rows.day[i] = day;
  rows.class[i] = klass;
  rows.value[i] = value;
  rows.n[i] = n;
  rows.cause[i] = cause;
  rows.dims.push(dims);
  rows.length = i + 1;
}

export function clearRows(rows: FactRows): void {
  rows.length = 0;
  rows.dims.length = 0;
}

/** The first row at or behind an offset. */
export function rowAt(offsets: Uint32Array, length: number, offset: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grow(rows: FactRows): void {
  const capacity = rows.offset.length * 2;
  rows.offset = copied(new Uint32Array(capacity), rows.offset);
  rows.day = copied(new Int32Array(capacity), rows.day);
  rows.class = copied(new Int32Array(capacity), rows.class);
  rows.value = copied(new Float64Array(capacity), rows.value);
  rows.n = copied(new Int8Array(capacity), rows.n);
  rows.cause = copied(new Uint8Array(capacity), rows.cause);
}

function copied<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}
