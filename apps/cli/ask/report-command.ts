import { EXIT, type ExitCode } from '../exit-code.js';
import type { CommonOptions, ReportName } from '../program.js';
import { ask, formatOf, printJson } from './ask.js';
import { parametersOf } from './parameters.js';
import { attributionTable, journeysTable, roiTable } from './credit-tables.js';
import { changesTable } from './changes-table.js';
import { figuresTable, funnelTable, kpiTable } from './report-tables.js';

/** `concord figures | kpi | funnel | changes | attribution | roi | journeys`. */
export async function reportCommand(
  name: ReportName,
  args: readonly string[],
  options: CommonOptions,
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const parameters = parametersOf(args);
  const format = formatOf(options);
  await ask(options, env, async (questions) => {
    if (format === 'csv') process.stdout.write(await questions.reportCsv(name, parameters));
    else if (format === 'json') printJson(await questions.report(name, parameters));
    else if (name === 'figures') process.stdout.write(figuresTable(await questions.report(name, parameters)));
    else if (name === 'kpi') process.stdout.write(kpiTable(await questions.report(name, parameters)));
    else if (name === 'funnel') process.stdout.write(funnelTable(await questions.report(name, parameters)));
    else if (name === 'attribution') process.stdout.write(attributionTable(await questions.report(name, parameters)));
    else if (name === 'roi') process.stdout.write(roiTable(await questions.report(name, parameters)));
    else if (name === 'journeys') process.stdout.write(journeysTable(await questions.report(name, parameters)));
    else process.stdout.write(changesTable(await questions.report(name, parameters)));
  });
  return EXIT.done;
}
