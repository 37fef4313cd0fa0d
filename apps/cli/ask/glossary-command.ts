import { wholeGlossary } from '#apps/composition/glossary.js';
import { glossaryCsv } from '#figures/report/csv.js';
import type { GlossaryAnswer, ModelTerm } from '#figures/report/glossary.js';
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
      ? wholeGlossary({})
      : await serverGlossary({ address: options.url, key: env['CONCORD_KEY'] });
  const found = term === undefined ? all : narrowed(all, term);
  const format = formatOf(options);
  if (format === 'json') printJson(found);
  else process.stdout.write(format === 'csv' ? glossaryCsv(found) : glossaryText(found));
  return EXIT.done;
}

/** Throws `UsageError` where nothing holds the term, with what is near to it. */
function narrowed(all: GlossaryAnswer, term: string): GlossaryAnswer {
  const holds = (...texts: readonly string[]): boolean =>
    texts.some((text) => text.toLowerCase().includes(term.toLowerCase()));
  const found = {
    metrics: all.metrics.filter(({ id, name, text }) => holds(id, name, text)),
    stages: all.stages.filter(({ id, text }) => holds(id, text)),
    dimensions: all.dimensions.filter(({ id, text }) => holds(id, text)),
    models: all.models.filter(({ id, name, text }) => holds(id, name, text)),
    credit: all.credit.filter(({ id, name, text }) => holds(id, name, text)),
    warnings: all.warnings.filter(({ id, text }) => holds(id, text)),
  };
  if (Object.values(found).some((entries) => entries.length > 0)) return found;
  const ids = Object.values(all).flatMap((entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id));
  const near = nearMatches(term, [...new Set(ids)]);
  throw new UsageError(
    `the glossary holds nothing on "${term}"${near.length === 0 ? '' : `; near to it: ${near.join(', ')}`}`,
  );
}

function glossaryText({ metrics, stages, dimensions, models, credit, warnings }: GlossaryAnswer): string {
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
    section('metric', defined(metrics)) +
    section(
      'stage',
      stages.map(({ id, text }) => [id, text]),
    ) +
    section(
      'dimension',
      dimensions.map(({ id, text }) => [id, text]),
    ) +
    section('credit', defined(credit)) +
    section('model', defined(models)) +
    section(
      'warning',
      warnings.map(({ id, text }) => [id, text]),
    )
  );
}

const defined = (entries: readonly ModelTerm[]): string[][] =>
  entries.flatMap(({ id, version, name, text, formula }) => [
    [id, `${name} (version ${version}). ${text}`],
    ['', `= ${formula}`],
  ]);
