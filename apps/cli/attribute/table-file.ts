import { openSync, closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { PathTableBuilder } from '#attribution/credit-models/path-table.js';
import type { PathOptions } from '#attribution/credit-models/touch-path.js';
import { readCsv } from '#imports/csv/read-csv.js';
import { UsageError } from '../exit-code.js';
import type { BadRows } from './bad-rows.js';
import type { AttributeFlags } from './describe-attribute.js';
import type { AttributeMapping } from './mapping.js';

/** What the readers of files share. */
export interface TableSource {
  readonly flags: AttributeFlags;
  readonly mapping: AttributeMapping;
  readonly options: PathOptions;
  readonly builder: PathTableBuilder;
  readonly rejected: BadRows;
}

/** A column that a file must have, or may have; `option` is how to name another one. */
export interface WantedColumn {
  readonly name: string;
  readonly option: string;
  readonly isNeeded: boolean;
}

/** A cell that cannot be read: the row is left out and named. */
export class BadCell extends Error {
  constructor(
    readonly column: string,
    readonly reason: string,
  ) {
    super(reason);
  }
}

export interface TableFile<Key extends string> {
  has(key: Key): boolean;
  /** Calls `take` with each row's cells by key, trimmed; a row for which it throws BadCell is named in `rejected`. */
  rows(take: (cells: Readonly<Record<Key, string>>, columns: Readonly<Record<Key, string>>) => void): Promise<void>;
}

/** Opens a CSV file by the names of its columns; throws UsageError where a needed one is missing or stands twice. */
export async function tableFile<Key extends string>(
  path: string,
  wanted: Readonly<Record<Key, WantedColumn>>,
  { flags, rejected }: Pick<TableSource, 'flags' | 'rejected'>,
): Promise<TableFile<Key>> {
  const file = basename(path);
  // The keys of an object literal of that type.
  const keys = Object.keys(wanted) as Key[];
  const names = keys.map((key) => wanted[key].name);
  const delimiter = delimiterOf(flags.delimiter) ?? foundDelimiter(path, flags.encoding, names);
  const { header, pages } = await readCsv(path, { delimiter, encoding: knownEncoding(flags.encoding) });
  for (const { name, option, isNeeded } of keys.map((key) => wanted[key])) {
    if (isNeeded && !header.includes(name))
      throw new UsageError(`${file} has no column "${name}" (it has ${header.join(', ')}); ${option} names another`);
    if (header.indexOf(name) !== header.lastIndexOf(name))
      throw new UsageError(`${file} has the column "${name}" twice`);
  }
  const places = keys.map((key) => ({ key, index: header.indexOf(wanted[key].name) }));
  const columns = record(keys, (key) => wanted[key].name);
  return {
    has: (key) => header.includes(wanted[key].name),
    async rows(take) {
      for await (const page of pages) {
        for (const { row, cells } of page) {
          try {
            if (cells.length !== header.length)
              throw new BadCell('', `it has ${cells.length} cells, the header has ${header.length}`);
            const at = new Map(places.map(({ key, index }) => [key, (cells[index] ?? '').trim()]));
            take(
              record(keys, (key) => at.get(key) ?? ''),
              columns,
            );
          } catch (error) {
            if (!(error instanceof BadCell)) throw error;
            rejected.add({ file, row, column: error.column, reason: error.reason, cells });
          }
        }
      }
    },
  };
}

// Complete by construction: an entry for every key.
const record = <Key extends string>(keys: readonly Key[], text: (key: Key) => string): Record<Key, string> =>
  Object.fromEntries(keys.map((key) => [key, text(key)])) as Record<Key, string>;

function delimiterOf(text: string | undefined): string | null {
  if (text === undefined || text === 'auto') return null;
  if (text === 'tab' || text === '\\t') return '\t';
  if (text.length !== 1) throw new UsageError(`--delimiter takes one character, or tab, not "${text}"`);
  return text;
}

function knownEncoding(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new UsageError(`"${label}" is no encoding; try utf-8 or windows-1252`);
  }
}

/** The delimiter under which the header shows most of the wanted columns, then the one that cuts it into most cells. */
function foundDelimiter(path: string, encoding: string, wanted: readonly string[]): string {
  const head = firstLine(path, knownEncoding(encoding));
  let best = { delimiter: ',', found: -1, cells: 0 };
  for (const delimiter of [',', ';', '\t', '|']) {
    const cells = cellsOf(head, delimiter);
    const found = wanted.filter((name) => cells.includes(name)).length;
    if (found > best.found || (found === best.found && cells.length > best.cells))
      best = { delimiter, found, cells: cells.length };
  }
  return best.delimiter;
}

/** Empty where the file cannot be read: opening it as CSV says why. */
function firstLine(path: string, encoding: string): string {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(65_536);
      const text = new TextDecoder(encoding).decode(bytes.subarray(0, readSync(descriptor, bytes)));
      return text.split(/\r\n|\n|\r/).find((line) => line !== '') ?? '';
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

function cellsOf(line: string, delimiter: string): string[] {
  try {
    return (parse(line, { delimiter, relax_quotes: true })[0] ?? []).map((name) => name.trim());
  } catch {
    return [];
  }
}
