import { basename } from 'node:path';
import { malformed } from '#kernel/errors.js';
import { readCsv } from '../../csv/read-csv.js';
import type { Mapping } from '../../mapping/mapping.js';
import type { LookupRow, Lookups } from '../../mapping/row-values.js';

/** Reads the lookup files whole; they are small by nature. Throws `IMPORT.COLUMN_MISSING`, `IMPORT.DUPLICATE_KEY` and what `readCsv` throws. */
export async function readLookups(mapping: Mapping, paths: ReadonlyMap<string, string>): Promise<Lookups> {
  const lookups = new Map<string, ReadonlyMap<string, LookupRow>>();
  for (const [name, path] of paths) {
    const lookup = mapping.lookups?.[name];
    if (lookup === undefined) continue;
    const { header, pages } = await readCsv(path, lookup);
    const key = header.indexOf(lookup.key);
    if (key < 0) throw malformed('IMPORT.COLUMN_MISSING', `${basename(path)} has no column "${lookup.key}"`);
    const rows = new Map<string, LookupRow>();
    for await (const page of pages) {
      for (const { row, cells } of page) {
        const text = cells[key]?.trim() ?? '';
        if (rows.has(text))
          throw malformed(
            'IMPORT.DUPLICATE_KEY',
            `${basename(path)}, row ${row}: "${text}" stands in the column "${lookup.key}" twice`,
          );
        rows.set(text, new Map(header.map((column, index) => [column, cells[index] ?? ''])));
      }
    }
    lookups.set(name, rows);
  }
  return lookups;
}
