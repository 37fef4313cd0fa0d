import { constants, zstdCompressSync } from 'node:zlib';
import { DIMENSIONS, type Dims } from '../history/dimensions.js';
import { BLOCK_VERSION, HEADER } from './block.js';
import { ByteWriter } from './byte-writer.js';
import { writeColumn } from './columns.js';
import type { FactRows } from './fact-rows.js';

const writer = new ByteWriter();

/** The layout of `block.ts`: rows [from, to) of one metric; the same rows give the same bytes. Complete epochs are compressed. Names of custom dimensions are added to `custom`. */
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
  bytes.writeUInt8(BLOCK_VERSION, 0);
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
