import { zstdDecompressSync } from 'node:zlib';
import { DomainError } from '#kernel/errors.js';
import type { DayNumber } from '#kernel/time.js';
import { constantColumn, endOfColumn, readColumn } from './columns.js';

/**
 * A stretch of one metric's facts in columns. Header (24 bytes): u8 version, u8 compressed, u16 0, u32 rows, i32 least day, i32 greatest day,
 * u32 epoch, u32 bytes of the body. Body: columns (`columns.ts`) offset, day, class, value, n, cause; then u32 number of dimensions that have
 * a value, each: text name, u32 number of texts, the texts in order of appearance, column of codes (0: no value).
 */
export interface Block {
  readonly rows: number;
  readonly epoch: number;
  readonly minDay: DayNumber;
  readonly maxDay: DayNumber;
  /** Columns are decoded when first asked for: take them out of a loop. */
  readonly offset: Uint32Array;
  readonly day: Int32Array;
  /** null: all 0. */
  readonly class: Int32Array | null;
  readonly value: Float64Array | null;
  /** null: all 1. */
  readonly n: Int8Array | null;
  readonly cause: Uint8Array;
  /** null where no fact has a value. */
  dimension(name: string): DimensionColumn | null;
  dimensionNames(): readonly string[];
  /** Memory held, roughly. */
  bytes(): number;
}

export interface DimensionColumn {
  /** By code - 1. */
  readonly texts: readonly string[];
  /** 0: no value. */
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
}

export const BLOCK_VERSION = 1;
export const HEADER = 24;

/** The epoch of a stored block, without decoding it. */
export const epochOfBlock = (stored: Uint8Array): number => view(stored).readUInt32LE(16);

/** Throws `FIGURES.UNKNOWN_BLOCK` for a version that this code does not read: the figures then have to be rebuilt. */
export function decodeBlock(stored: Uint8Array): Block {
  const header = view(stored);
  if (header[0] !== BLOCK_VERSION)
    throw new DomainError('unavailable', 'FIGURES.UNKNOWN_BLOCK', `version ${header[0] ?? 0} of a block of facts`);
  const rows = header.readUInt32LE(4);
  const [day, klass, value, n, cause, dimensions] = columnStarts(bodyOf(stored), rows);
  const columns = dimensionColumns(bodyOf(stored), dimensions, rows);
  const decoded = new Map<string, DimensionColumn>();
  let offset: Uint32Array | undefined;
  let days: Int32Array | undefined;
  let classes: Int32Array | null | undefined;
  let values: Float64Array | null | undefined;
  let signs: Int8Array | null | undefined;
  let causes: Uint8Array | undefined;
  let held = 0;
  const column = <T extends Uint32Array | Int32Array | Float64Array | Int8Array | Uint8Array>(
    start: number,
    values: T,
  ): T => {
    held += values.byteLength;
    return readColumn(bodyOf(stored), start, values);
  };
  const unlessAll = <T>(start: number, constant: number, read: () => T): T | null =>
    constantColumn(bodyOf(stored), start) === constant ? null : read();
  return {
    rows,
    epoch: header.readUInt32LE(16),
    minDay: header.readInt32LE(8),
    maxDay: header.readInt32LE(12),
    get offset() {
      return (offset ??= summedUp(column(0, new Uint32Array(rows))));
    },
    get day() {
      return (days ??= column(day, new Int32Array(rows)));
    },
    get class() {
      if (classes === undefined) classes = unlessAll(klass, 0, () => column(klass, new Int32Array(rows)));
      return classes;
    },
    get value() {
      if (values === undefined) values = unlessAll(value, 0, () => column(value, new Float64Array(rows)));
      return values;
    },
    get n() {
      if (signs === undefined) signs = unlessAll(n, 1, () => column(n, new Int8Array(rows)));
      return signs;
    },
    get cause() {
      return (causes ??= column(cause, new Uint8Array(rows)));
    },
    dimension(name) {
      const start = columns.get(name);
      if (start === undefined) return null;
      let found = decoded.get(name);
      if (found === undefined) {
        found = decodeDimension(bodyOf(stored), start, rows);
        held += found.codes.byteLength + 32 * found.texts.length;
        decoded.set(name, found);
      }
      return found;
    },
    dimensionNames: () => [...columns.keys()],
    bytes: () => 1024 + stored.byteLength + held,
  };
}

/** Several columns of a block are asked for one after the other, so the last body is kept; all bodies would be most of the memory. */
let last: { readonly stored: Uint8Array; readonly body: Buffer } | null = null;

function bodyOf(stored: Uint8Array): Buffer {
  const bytes = view(stored);
  if (bytes[1] !== 1) return bytes.subarray(HEADER);
  if (last?.stored !== stored) last = { stored, body: zstdDecompressSync(bytes.subarray(HEADER)) };
  return last.body;
}

/** Where the columns behind the offsets begin, and the dimensions. */
function columnStarts(body: Buffer, rows: number): readonly [number, number, number, number, number, number] {
  const day = endOfColumn(body, 0, rows);
  const klass = endOfColumn(body, day, rows);
  const value = endOfColumn(body, klass, rows);
  const n = endOfColumn(body, value, rows);
  const cause = endOfColumn(body, n, rows);
  return [day, klass, value, n, cause, endOfColumn(body, cause, rows)];
}

function summedUp(steps: Uint32Array): Uint32Array {
  for (let i = 1; i < steps.length; i++) steps[i] = (steps[i] ?? 0) + (steps[i - 1] ?? 0);
  return steps;
}

/** Where each dimension's part begins, behind its name. */
function dimensionColumns(body: Buffer, start: number, rows: number): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  let at = start + 4;
  for (let left = body.readUInt32LE(start); left > 0; left--) {
    const size = body.readUInt32LE(at);
    const name = body.toString('utf8', at + 4, at + 4 + size);
    at += 4 + size;
    columns.set(name, at);
    let texts = body.readUInt32LE(at);
    at += 4;
    for (; texts > 0; texts--) at += 4 + body.readUInt32LE(at);
    at = endOfColumn(body, at, rows);
  }
  return columns;
}

function decodeDimension(body: Buffer, start: number, rows: number): DimensionColumn {
  const texts: string[] = [];
  let at = start + 4;
  for (let left = body.readUInt32LE(start); left > 0; left--) {
    const size = body.readUInt32LE(at);
    texts.push(body.toString('utf8', at + 4, at + 4 + size));
    at += 4 + size;
  }
  const codes =
    texts.length < 256 ? new Uint8Array(rows) : texts.length < 65_536 ? new Uint16Array(rows) : new Uint32Array(rows);
  return { texts, codes: readColumn(body, at, codes) };
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
