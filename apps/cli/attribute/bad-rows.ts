import { writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';

export interface BadRow {
  readonly file: string;
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly column: string;
  readonly reason: string;
  readonly cells: readonly string[];
}

export interface BadRows {
  add(row: BadRow): void;
  count(): number;
  /** Names every row and tells whether there was one. */
  report(): boolean;
}

/** Most lines on standard error; a file takes all. */
const MOST_LINES = 1_000;

/** Rows that cannot be read, kept until the answer is out; to a file where one is named, else to standard error. */
export function badRows(file: string | undefined): BadRows {
  const rows: BadRow[] = [];
  return {
    add: (row) => void rows.push(row),
    count: () => rows.length,
    report() {
      if (rows.length === 0) return false;
      const counted = `${rows.length} ${rows.length === 1 ? 'row was' : 'rows were'} left out`;
      if (file !== undefined) {
        const lines = rows.map(({ file: from, row, column, reason, cells }) => [
          from,
          String(row),
          column,
          reason,
          ...cells,
        ]);
        // The cells may be personal: for the owner's eyes only.
        writeFileSync(file, stringify([['file', 'row', 'column', 'reason', 'cells'], ...lines]), { mode: 0o600 });
        process.stderr.write(`concord: ${counted}; ${file} names each\n`);
        return true;
      }
      for (const { file: from, row, column, reason } of rows.slice(0, MOST_LINES))
        process.stderr.write(`${from}, row ${row}${column === '' ? '' : `, column ${column}`}: ${reason}\n`);
      const more = rows.length > MOST_LINES ? ` (the first ${MOST_LINES} are named; --rejects FILE names all)` : '';
      process.stderr.write(`concord: ${counted}${more}\n`);
      return true;
    },
  };
}
