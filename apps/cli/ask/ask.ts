import type { CommonOptions } from '../program.js';
import type { Questions } from './questions.js';

/** Asks a server where --url names one, else the ledger of the folder, whose read models are brought up to date first. */
export async function ask<Answer>(
  options: CommonOptions,
  env: NodeJS.ProcessEnv,
  question: (questions: Questions) => Promise<Answer>,
): Promise<Answer> {
  if (options.url !== undefined) {
    const { serverQuestions } = await import('./server-questions.js');
    return question(serverQuestions({ address: options.url, key: env['CONCORD_KEY'] }));
  }
  const [{ withLedger }, { catchUpReadModels }, { folderQuestions }] = await Promise.all([
    import('../open-ledger.js'),
    import('../read-models.js'),
    import('./folder-questions.js'),
  ]);
  return withLedger(options.data, env, { mustExist: true }, async (ledger) => {
    await catchUpReadModels(ledger);
    return question(folderQuestions(ledger));
  });
}

/** `--json` is `--format json`. */
export const formatOf = ({ json, format = 'table' }: CommonOptions): 'table' | 'csv' | 'json' =>
  json === true ? 'json' : format;

export const printJson = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined)}\n`);
