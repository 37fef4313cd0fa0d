import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { DomainError } from '#kernel/errors.js';
import type { DayNumber } from '#kernel/time.js';
import { DIMENSIONS, type Dims } from '../history/dimensions.js';
import { ByteWriter } from './byte-writer.js';
import { constantColumn, endOfColumn, readColumn, writeColumn } from './columns.js';
import type { FactRows } from './fact-rows.js';

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
  readonly offset: Uint16Array;
  readonly day: Int32Array;
  /** null: all 0. */
  readonly class: Int32Array | null;
  readonly value: Float64Array | null;
  /** null: all 1. */
  readonly n: Int8Array | null;
  readonly cause: Uint8Array;
  /** Decoded when first asked for; null where no fact has a value. */
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

const VERSION = 1;
const HEADER = 24;
const writer = new ByteWriter();

/** Rows [from, to) of one metric; the same rows give the same bytes. Complete epochs are compressed. Names of custom dimensions are added to `custom`. */
export function encodeBlock(
  rows: FactRows,
  from: number,
  to: number,
  epoch: number,
  complete: boolean,
  custom: Set<string>,
): Uint8Array {
  writer.clear();
  const offsets = rows.offset.subarray(from, to);
  writeColumn(
    writer,
    offsets.map((offset, i) => offset - (offsets[i - 1] ?? 0)),
    0,
    to - from,
  );
  writeColumn(writer, rows.day, from, to);
  writeColumn(writer, rows.class, from, to);
  writeColumn(writer, rows.value, from, to);
  writeColumn(writer, rows.n, from, to);
  writeColumn(writer, rows.cause, from, to);
  writeDimensions(rows.dims, from, to, custom);
  const body = writer.written();
  const stored = complete ? zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }) : body;
  const bytes = Buffer.allocUnsafe(HEADER + stored.length);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt8(complete ? 1 : 0, 1);
  bytes.writeUInt16LE(0, 2);
  bytes.writeUInt32LE(to - from, 4);
  const [minDay, maxDay] = bounds(rows.day, from, to);
  bytes.writeInt32LE(minDay, 8);
  bytes.writeInt32LE(maxDay, 12);
  bytes.writeUInt32LE(epoch, 16);
  bytes.writeUInt32LE(body.length, 20);
  bytes.set(stored, HEADER);
  return bytes;
}

/** The epoch of a stored block, without decoding it. */
export const epochOfBlock = (stored: Uint8Array): number => view(stored).readUInt32LE(16);

/** Throws `FIGURES.UNKNOWN_BLOCK` for a version that this code does not read: the figures then have to be rebuilt. */
export function decodeBlock(stored: Uint8Array): Block {
  const header = view(stored);
  if (header[0] !== VERSION)
    throw new DomainError('unavailable', 'FIGURES.UNKNOWN_BLOCK', `version ${header[0] ?? 0} of a block of facts`);
  const rows = header.readUInt32LE(4);
  const body = header[1] === 1 ? zstdDecompressSync(header.subarray(HEADER)) : Buffer.from(header.subarray(HEADER));
  const offset = readColumn(body, 0, new Uint16Array(rows));
  for (let i = 1; i < rows; i++) offset.values[i] = (offset.values[i] ?? 0) + (offset.values[i - 1] ?? 0);
  const day = readColumn(body, offset.end, new Int32Array(rows));
  const afterClass = endOfColumn(body, day.end, rows);
  const afterValue = endOfColumn(body, afterClass, rows);
  const afterN = endOfColumn(body, afterValue, rows);
  const cause = readColumn(body, afterN, new Uint8Array(rows));
  const columns = dimensionColumns(body, cause.end, rows);
  const decoded = new Map<string, DimensionColumn>();
  return {
    rows,
    epoch: header.readUInt32LE(16),
    minDay: header.readInt32LE(8),
    maxDay: header.readInt32LE(12),
    offset: offset.values,
    day: day.values,
    class: constantColumn(body, day.end) === 0 ? null : readColumn(body, day.end, new Int32Array(rows)).values,
    value: constantColumn(body, afterClass) === 0 ? null : readColumn(body, afterClass, new Float64Array(rows)).values,
    n: constantColumn(body, afterValue) === 1 ? null : readColumn(body, afterValue, new Int8Array(rows)).values,
    cause: cause.values,
    dimension(name) {
      const start = columns.get(name);
      if (start === undefined) return null;
      let column = decoded.get(name);
      if (column === undefined) {
        column = decodeDimension(body, start, rows);
        decoded.set(name, column);
      }
      return column;
    },
    dimensionNames: () => [...columns.keys()],
    bytes: () => 512 + body.length + rows * 24 + decoded.size * rows * 2,
  };
}

function writeDimensions(dims: readonly Dims[], from: number, to: number, custom: Set<string>): void {
  const tuples = new Map<Dims, number>();
  const indexes = new Uint32Array(to - from);
  const names = new Set<string>();
  for (let i = from; i < to; i++) {
    const tuple = dims[i];
    if (tuple === undefined) continue;
    let index = tuples.get(tuple);
    if (index === undefined) {
      index = tuples.size;
      tuples.set(tuple, index);
      for (const [name] of tuple.custom ?? []) names.add(name);
    }
    indexes[i - from] = index;
  }
  const lists = [...tuples.keys()];
  const used: { name: string; valueOf: (tuple: Dims) => string | null }[] = [];
  DIMENSIONS.forEach((name, place) => {
    const valueOf = (tuple: Dims): string | null => tuple.values[place] ?? null;
    if (lists.some((tuple) => valueOf(tuple) !== null)) used.push({ name, valueOf });
  });
  for (const name of names) custom.add(name);
  for (const name of [...names].sort())
    used.push({ name, valueOf: (tuple) => tuple.custom?.find(([own]) => own === name)?.[1] ?? null });
  writer.u32(used.length);
  for (const { name, valueOf } of used) writeDimension(name, lists, valueOf, indexes);
}

function writeDimension(
  name: string,
  tuples: readonly Dims[],
  valueOf: (tuple: Dims) => string | null,
  indexes: Uint32Array,
): void {
  const codes = new Map<string, number>();
  const codeOfTuple = tuples.map((tuple) => {
    const text = valueOf(tuple);
    if (text === null) return 0;
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, codes.size + 1);
    return codes.size;
  });
  writer.text(name);
  writer.u32(codes.size);
  for (const text of codes.keys()) writer.text(text);
  writeColumn(
    writer,
    indexes.map((index) => codeOfTuple[index] ?? 0),
    0,
    indexes.length,
  );
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
  return { texts, codes: readColumn(body, at, codes).values };
}

function bounds(days: Int32Array, from: number, to: number): readonly [number, number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = from; i < to; i++) {
    const day = days[i] ?? 0;
    if (day < least) least = day;
    if (day > greatest) greatest = day;
  }
  return [least, greatest];
}

const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
