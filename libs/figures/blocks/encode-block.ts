import { constants, zstdCompressSync } from 'node:zlib';
import type { Dims } from '../history/dimensions.js';
import { BLOCK_VERSION, HEADER } from './block.js';
import { ByteWriter } from './byte-writer.js';
import { writeColumn } from './columns.js';
import type { FactRows } from './fact-rows.js';
import type { TupleTable } from './tuple-table.js';

const writer = new ByteWriter();

/** What the blocks of one batch share. */
export interface Encoding {
  readonly table: TupleTable;
  /** Names of custom dimensions, added to. */
  readonly custom: Set<string>;
}

/** The layout of `block.ts`: rows [from, to) of one metric; the same rows give the same bytes. Complete epochs are compressed. */
export function encodeBlock(
  rows: FactRows,
  from: number,
  to: number,
  epoch: number,
  complete: boolean,
  encoding: Encoding,
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
  writeDimensions(rows.dims, from, to, encoding);
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

function writeDimensions(dims: readonly Dims[], from: number, to: number, { table, custom }: Encoding): void {
  const length = to - from;
  const tuples = new Int32Array(length);
  const names = new Set<string>();
  const width = table.dimensions.length;
  const isUsed = new Uint8Array(width);
  block++;
  for (let i = 0; i < length; i++) {
    const tuple = dims[from + i];
    if (tuple === undefined) continue;
    const number = table.numberOf(tuple);
    tuples[i] = number;
    if (!isFirst(number)) continue;
    for (let place = 0; place < width; place++) if (tuple.values[place] != null) isUsed[place] = 1;
    if (tuple.custom !== null) for (const [name] of tuple.custom) names.add(name);
  }
  for (const name of names) custom.add(name);
  writer.u32(isUsed.reduce((sum, used) => sum + used, names.size));
  table.dimensions.forEach((name, place) => {
    if (isUsed[place] === 1) writeNamed(name, place, tuples, table);
  });
  for (const name of [...names].sort()) writeCustom(name, tuples, table);
}

/** A tuple says only once a block which dimensions it has. */
function isFirst(tuple: number): boolean {
  if (tuple >= metIn.length) metIn = grown(metIn, tuple + 1);
  if (metIn[tuple] === block) return false;
  metIn[tuple] = block;
  return true;
}
/** In which block a tuple was met last: nothing has to be cleared. */
let metIn = new Uint32Array(4096);
let block = 0;

function grown(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}

/** Codes in order of appearance; `seenIn` remembers in which column a text had its code last, so that nothing has to be cleared. */
let seenIn = new Int32Array(4096);
let codeOf = new Int32Array(4096);
let column = 0;

function writeNamed(name: string, place: number, tuples: Int32Array, { dimensions, texts, textOf }: TupleTable): void {
  if (seenIn.length < textOf.length) {
    seenIn = new Int32Array(2 * textOf.length);
    codeOf = new Int32Array(2 * textOf.length);
  }
  column++;
  const found: string[] = [];
  const codes = new Int32Array(tuples.length);
  for (let i = 0; i < tuples.length; i++) {
    const text = texts[(tuples[i] ?? 0) * dimensions.length + place] ?? 0;
    if (text === 0) continue;
    if (seenIn[text] !== column) {
      seenIn[text] = column;
      codeOf[text] = found.push(textOf[text] ?? '');
    }
    codes[i] = codeOf[text] ?? 0;
  }
  writeCodes(name, found, codes);
}

function writeCustom(name: string, tuples: Int32Array, table: TupleTable): void {
  const found = new Map<string, number>();
  const codes = tuples.map((tuple) => {
    const text = table.tuples[tuple]?.custom?.find(([own]) => own === name)?.[1];
    if (text === undefined) return 0;
    const code = found.get(text) ?? found.size + 1;
    found.set(text, code);
    return code;
  });
  writeCodes(name, [...found.keys()], codes);
}

function writeCodes(name: string, found: readonly string[], codes: Int32Array): void {
  writer.text(name);
  writer.u32(found.length);
  for (const text of found) writer.text(text);
  writeColumn(writer, codes, 0, codes.length);
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
