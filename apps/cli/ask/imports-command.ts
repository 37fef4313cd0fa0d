import { stringify } from 'csv-stringify/sync';
import type { ImportItem } from '#imports/read/import-list/answer-imports.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { table } from '../output/table.js';
import { numberText } from '../output/values.js';
import type { CommonOptions } from '../program.js';
import { ask, formatOf, printJson } from './ask.js';

/** `concord imports`: the batches that came in by file, the latest first. */
export async function importsCommand(options: CommonOptions, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const format = formatOf(options);
  await ask(options, env, async (questions) => {
    const answer = await questions.imports();
    if (format === 'json') printJson(answer);
    else if (format === 'csv')
      process.stdout.write(
        stringify([[...COLUMNS], ...answer.items.map((item) => cellsOf(item, String))], { escape_formulas: true }),
      );
    else if (answer.items.length === 0) process.stdout.write('Nothing has been imported yet.\n');
    else
      process.stdout.write(
        `${table(
          COLUMNS.map((name) => ({ name, align: RIGHT.has(name) ? 'right' : 'left' })),
          answer.items.map((item) => cellsOf(item, numberText)),
        )}\n`,
      );
  });
  return EXIT.done;
}

const COLUMNS = [
  'started',
  'finished',
  'mapping',
  'rows',
  'rejected',
  'unchanged',
  'events',
  'files',
  'import',
] as const;
const RIGHT: ReadonlySet<string> = new Set(['rows', 'rejected', 'unchanged', 'events']);

function cellsOf(
  { id, mapping, startedAt, finishedAt, files, result }: ImportItem,
  text: (value: number) => string,
): string[] {
  const events = result === null ? 0 : Object.values(result.events).reduce((sum, count) => sum + count, 0);
  const counts =
    result === null ? ['', '', '', ''] : [result.rows, result.rejected, result.unchanged, events].map(text);
  return [startedAt, finishedAt ?? 'unfinished', mapping, ...counts, files.map(({ name }) => name).join(' '), id];
}
