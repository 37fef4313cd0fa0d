import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { malformed } from '#kernel/errors.js';

export interface CsvOptions {
  /** Default `,`. */
  readonly delimiter?: string;
  /** A WHATWG label; default utf-8. */
  readonly encoding?: string;
  /** Called with the bytes read so far, for a progress bar. */
  readonly onBytes?: (bytes: number) => void;
  /** Called with each chunk of the file as it is, for a digest. */
  readonly onChunk?: (chunk: Uint8Array) => void;
}

/** `row` counts as a spreadsheet does: the header is row 1, blank lines are left out. */
export interface CsvRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  readonly header: readonly string[];
  /** Rows in pages, to be read once. Throws `IMPORT.BROKEN_CSV` and `IMPORT.BAD_ENCODING`. */
  readonly pages: AsyncIterable<readonly CsvRow[]>;
}

const PAGE = 512;

/**
 * Opens a CSV file as a stream: memory does not grow with it. A byte order mark is left out; a number of columns other than the header's is the
 * caller's matter. Throws `IMPORT.BROKEN_CSV` (quoting, with the row), `IMPORT.BAD_ENCODING`, `IMPORT.EMPTY_FILE`, `IMPORT.FILE_UNREADABLE`.
 */
export async function readCsv(path: string, options: CsvOptions = {}): Promise<CsvFile> {
  const pages = csvPages(path, options);
  const first = await pages.next();
  if (first.done === true) throw malformed('IMPORT.EMPTY_FILE', `${basename(path)} is empty: not even a header`);
  const [header, ...rest] = first.value;
  return {
    header: (header?.cells ?? []).map((name) => name.trim()),
    pages: (async function* () {
      if (rest.length > 0) yield rest;
      yield* pages;
    })(),
  };
}

async function* csvPages(path: string, options: CsvOptions): AsyncGenerator<readonly CsvRow[]> {
  const parser = parse({
    delimiter: options.delimiter ?? ',',
    // Named, not guessed from the first line: files put together by hand mix them.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const fed = feed(path, options, parser);
  // The consumer sees the failure as it reads; without this line Node would call it unhandled first.
  fed.catch(() => undefined);
  let row = 0;
  let page: CsvRow[] = [];
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      page.push({ row, cells });
      if (page.length === PAGE) {
        yield page;
        page = [];
      }
    }
    await fed;
  } catch (error) {
    throw clear(error, basename(path), row + 1);
  }
  if (page.length > 0) yield page;
}

async function feed(path: string, options: CsvOptions, parser: ReturnType<typeof parse>): Promise<void> {
  const decoder = new TextDecoder(options.encoding ?? 'utf-8', { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
      options.onChunk?.(chunk);
      if (bytes === 0) refuseUtf16(chunk, decoder.encoding);
      bytes += chunk.length;
      if (!parser.write(decoder.decode(chunk, { stream: true })))
        await new Promise((resolve) => parser.once('drain', resolve).once('close', resolve));
      if (parser.destroyed) return;
      options.onBytes?.(bytes);
    }
    parser.end(decoder.decode());
  } catch (error) {
    const told = codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? new UndecodableText(decoder.encoding) : error;
    parser.destroy(told instanceof Error ? told : new Unreadable(codeOf(told)));
    throw told;
  }
}

/** Errors of the runtime are told apart by their code. */
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

class Unreadable extends Error {
  constructor(readonly code: string) {
    super('unreadable');
  }
}

class UndecodableText extends Error {
  constructor(readonly encoding: string) {
    super('undecodable');
  }
}

/** Both marks are undecodable as UTF-8, but this message says what to do. */
function refuseUtf16(chunk: Uint8Array, encoding: string): void {
  const mark =
    chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : null;
  if (mark !== null && encoding !== mark)
    throw malformed(
      'IMPORT.BAD_ENCODING',
      `the file is ${mark}; set "encoding": "${mark}" in the mapping, or save it as UTF-8`,
    );
}

function clear(error: unknown, file: string, row: number): unknown {
  if (error instanceof UndecodableText) {
    return malformed(
      'IMPORT.BAD_ENCODING',
      `${file} is not ${error.encoding} (at or after row ${row}); name its encoding in the mapping, e.g. "encoding": "windows-1252", or save it as UTF-8`,
    );
  }
  if (error instanceof CsvError) {
    const at = typeof error['records'] === 'number' ? error['records'] + 1 : row;
    return malformed('IMPORT.BROKEN_CSV', `${file}, row ${at}: ${QUOTING[error.code] ?? error.message}`);
  }
  if (['ENOENT', 'EISDIR', 'EACCES'].includes(codeOf(error))) {
    return malformed('IMPORT.FILE_UNREADABLE', `${file} cannot be read (${codeOf(error)})`);
  }
  return error;
}

const QUOTING: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell begins here and is never closed',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell that is not quoted',
  CSV_INVALID_CLOSING_QUOTE: 'a quoted cell goes on after its closing quotation mark',
};
