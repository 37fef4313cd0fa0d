import { glossaryCsv } from '#figures/report/csv.js';
import { answerGlossary, type GlossaryAnswer } from '#figures/report/glossary.js';
import { nearMatches } from '#kernel/near-match.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { table } from '../output/table.js';
import type { CommonOptions } from '../program.js';
import { formatOf, printJson } from './ask.js';
import { serverGlossary } from './server-questions.js';

/** `concord glossary [term]`: definitions belong to the program, so no ledger is needed; --url asks what a server counts by. */
export async function glossaryCommand(
  term: string | undefined,
  options: CommonOptions,
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const all =
    options.url === undefined
      ? answerGlossary({})
      : await serverGlossary({ address: options.url, key: env['CONCORD_KEY'] });
  const found = term === undefined ? all : narrowed(all, term);
  const format = formatOf(options);
  if (format === 'json') printJson(found);
  else process.stdout.write(format === 'csv' ? glossaryCsv(found) : glossaryText(found));
  return EXIT.done;
}

/** Throws `UsageError` where nothing holds the term, with what is near to it. */
function narrowed({ metrics, stages, dimensions }: GlossaryAnswer, term: string): GlossaryAnswer {
  const holds = (...texts: readonly string[]): boolean =>
    texts.some((text) => text.toLowerCase().includes(term.toLowerCase()));
  const found = {
    metrics: metrics.filter(({ id, name, text }) => holds(id, name, text)),
    stages: stages.filter(({ id, text }) => holds(id, text)),
    dimensions: dimensions.filter(({ id, text }) => holds(id, text)),
  };
  if (found.metrics.length + found.stages.length + found.dimensions.length > 0) return found;
  const near = nearMatches(
    term,
    [...metrics, ...stages, ...dimensions].map(({ id }) => id),
  );
  throw new UsageError(
    `the glossary holds nothing on "${term}"${near.length === 0 ? '' : `; near to it: ${near.join(', ')}`}`,
  );
}

function glossaryText({ metrics, stages, dimensions }: GlossaryAnswer): string {
  const section = (title: string, rows: readonly (readonly string[])[]): string =>
    rows.length === 0
      ? ''
      : `${table(
          [
            { name: title, align: 'left' },
            { name: '', align: 'left' },
          ],
          rows,
        )}\n\n`;
  return (
    section(
      'metric',
      metrics.flatMap(({ id, version, name, text, formula }) => [
        [id, `${name} (version ${version}). ${text}`],
        ['', `= ${formula}`],
      ]),
    ) +
    section(
      'stage',
      stages.map(({ id, text }) => [id, text]),
    ) +
    section(
      'dimension',
      dimensions.map(({ id, text }) => [id, text]),
    )
  );
}
