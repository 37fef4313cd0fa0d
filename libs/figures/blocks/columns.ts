import type { ByteWriter } from './byte-writer.js';

/**
 * Integers as planes of bytes (all lowest bytes, then all second ones, ...) above their least value, because that is what compresses: a column
 * of one value costs nine bytes. Layout: u8 planes, f64 least, planes x length bytes.
 */
export function writeColumn(out: ByteWriter, values: ArrayLike<number>, from: number, to: number): void {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const planes = bytesFor(greatest - least);
  out.u8(planes);
  out.f64(least);
  const length = to - from;
  const bytes = out.room(planes * length);
  // Beyond 32 bits only arithmetic on doubles is exact.
  if (planes <= 4) writeShort(bytes, values, from, length, least, planes);
  else writeLong(bytes, values, from, length, least, planes);
}

function writeShort(
  bytes: Buffer,
  values: ArrayLike<number>,
  from: number,
  length: number,
  least: number,
  planes: number,
): void {
  for (let plane = 0, at = 0; plane < planes; plane++) {
    const shift = 8 * plane;
    for (let i = 0; i < length; i++) bytes[at++] = ((values[from + i] ?? 0) - least) >>> shift;
  }
}

function writeLong(
  bytes: Buffer,
  values: ArrayLike<number>,
  from: number,
  length: number,
  least: number,
  planes: number,
): void {
  for (let i = 0; i < length; i++) {
    let rest = (values[from + i] ?? 0) - least;
    for (let plane = 0; plane < planes; plane++) {
      const higher = Math.floor(rest / 256);
      bytes[plane * length + i] = rest - higher * 256;
      rest = higher;
    }
  }
}

interface Numbers {
  readonly length: number;
  [index: number]: number;
}

/** Into `values`, whose length is the number of rows. */
export function readColumn<T extends Numbers>(bytes: Buffer, start: number, values: T): T {
  const length = values.length;
  const planes = bytes[start] ?? 0;
  const least = bytes.readDoubleLE(start + 1);
  let at = start + 9;
  for (let i = 0; i < length; i++) values[i] = least;
  let unit = 1;
  for (let plane = 0; plane < planes; plane++, unit *= 256) {
    for (let i = 0; i < length; i++, at++) values[i] = (values[i] ?? 0) + (bytes[at] ?? 0) * unit;
  }
  return values;
}

/** A column of one value, or null. */
export function constantColumn(bytes: Buffer, start: number): number | null {
  return bytes[start] === 0 ? bytes.readDoubleLE(start + 1) : null;
}

/** Where the column behind this one begins. */
export const endOfColumn = (bytes: Buffer, start: number, rows: number): number =>
  start + 9 + (bytes[start] ?? 0) * rows;

function bytesFor(range: number): number {
  let planes = 0;
  for (let rest = range; rest >= 1; rest = Math.floor(rest / 256)) planes++;
  return planes;
}
