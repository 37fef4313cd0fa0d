import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCsv, type CsvOptions, type CsvRow } from './read-csv.js';

describe('A CSV file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-csv-'));
  const path = join(folder, 'f.csv');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function read(
    content: string | Uint8Array,
    options?: CsvOptions,
  ): Promise<{ header: readonly string[]; rows: CsvRow[] }> {
    writeFileSync(path, content);
    const { header, pages } = await readCsv(path, options);
    const rows: CsvRow[] = [];
    for await (const page of pages) rows.push(...page);
    return { header, rows };
  }

  it('is read with its rows numbered as in a spreadsheet, without a byte order mark and blank lines', async () => {
    expect(await read('\ufeffid, name \n1,"a\nb"\n\n2,"say ""hi"""\r\n')).toEqual({
      header: ['id', 'name'],
      rows: [
        { row: 2, cells: ['1', 'a\nb'] },
        { row: 3, cells: ['2', 'say "hi"'] },
      ],
    });
  });

  it('may have another delimiter and another encoding', async () => {
    expect(
      await read(Buffer.from('id;Straße\n1;Köln\n', 'latin1'), { delimiter: ';', encoding: 'windows-1252' }),
    ).toMatchObject({ header: ['id', 'Straße'], rows: [{ cells: ['1', 'Köln'] }] });
    expect(await read(Buffer.from('\ufeffid\n1\n', 'utf16le'), { encoding: 'utf-16le' })).toMatchObject({
      header: ['id'],
      rows: [{ cells: ['1'] }],
    });
  });

  it('keeps rows of other lengths for its reader to judge', async () => {
    expect((await read('a,b\n1\n1,2,3\n')).rows.map(({ cells }) => cells.length)).toEqual([1, 3]);
  });

  it('is read in pages, whatever a character or a cell straddles', async () => {
    const rows = 40_000;
    const content = `id,text\n${Array.from({ length: rows }, (_, i) => `${i},"zwölf ☂ ${i}"`).join('\n')}\n`;
    let bytes = 0;
    const { rows: found } = await read(content, { onBytes: (done) => (bytes = done) });
    expect(found).toHaveLength(rows);
    expect(found.at(-1)).toEqual({ row: rows + 1, cells: [String(rows - 1), `zwölf ☂ ${rows - 1}`] });
    expect(bytes).toBe(Buffer.byteLength(content));
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    [
      'a cell that is never closed',
      'a,b\n1,2\n3,"x\n4,5\n',
      /IMPORT\.BROKEN_CSV: f\.csv, row 3: a quoted cell begins here and is never closed/,
    ],
    [
      'a quotation mark within a cell',
      'a,b\n1,x"y\n',
      /IMPORT\.BROKEN_CSV: f\.csv, row 2: a quotation mark stands inside/,
    ],
    ['text after a quoted cell', 'a,b\n1,"x"y\n', /IMPORT\.BROKEN_CSV: f\.csv, row 2: a quoted cell goes on/],
    [
      'bytes that are not UTF-8',
      Buffer.from('a\nK\xf6ln\n', 'latin1'),
      /IMPORT\.BAD_ENCODING: f\.csv is not utf-8 .*windows-1252/,
    ],
    ['a file cut off within a character', Buffer.from('a\nö').subarray(0, 3), /IMPORT\.BAD_ENCODING/],
    ['UTF-16', Buffer.from('\ufeffa\n1\n', 'utf16le'), /IMPORT\.BAD_ENCODING: the file is utf-16le; set "encoding"/],
    ['nothing', '', /IMPORT\.EMPTY_FILE/],
  ])('with %s is refused, saying what to do', async (_what, content, expected) => {
    await expect(read(content)).rejects.toThrow(expected);
  });

  it('that is not there is refused', async () => {
    await expect(readCsv(join(folder, 'nowhere.csv'))).rejects.toThrow(
      /IMPORT\.FILE_UNREADABLE: nowhere\.csv cannot be read \(ENOENT\)/,
    );
  });
});
