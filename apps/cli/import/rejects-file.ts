import { closeSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import type { SurveyedFile } from '#imports/write/import/survey.js';
import type { Rejection } from '#imports/write/import/step.js';

/** What could not be imported, as CSV: why, and the row's own cells under their own names, so that it can be mended and imported again. */
export interface RejectsFile {
  /** null: nothing was rejected, so there is no file. */
  readonly path: string | null;
  add(rejections: readonly Rejection[]): void;
  close(): void;
}

/** The file is made with the first rejection. */
export function newRejectsFile(path: string, files: readonly SurveyedFile[]): RejectsFile {
  const headerOf = new Map(files.map(({ name, header }) => [name, header]));
  const columns = [...new Set(files.flatMap(({ header }) => header))].filter((column) => column !== '');
  let descriptor: number | null = null;
  const cellsOf = ({ ref }: Rejection): string[] => {
    const header = headerOf.get(ref.file) ?? [];
    const named = columns.map((column) => ref.cells[header.indexOf(column)] ?? '');
    // A row with more cells than its header keeps them at its end.
    return [...named, ...ref.cells.slice(header.length)];
  };
  return {
    get path() {
      return descriptor === null ? null : path;
    },
    add(rejections) {
      if (rejections.length === 0) return;
      if (descriptor === null) {
        // The cells may be personal: for the owner's eyes only.
        descriptor = openSync(path, 'w', 0o600);
        writeSync(descriptor, stringify([['file', 'row', 'column', 'code', 'reason', ...columns]]));
      }
      const rows = rejections.map((rejection) => {
        const { ref, column, code, reason } = rejection;
        return [ref.file, ref.row === 0 ? '' : String(ref.row), column, code, reason, ...cellsOf(rejection)];
      });
      writeSync(descriptor, stringify(rows));
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
    },
  };
}
