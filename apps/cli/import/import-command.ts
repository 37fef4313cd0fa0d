import { readFile } from 'node:fs/promises';
import type { Ledger } from '#apps/composition/ledger.js';
import type { Mapping } from '#imports/mapping/mapping.js';
import { parseMappingText } from '#imports/mapping/parse-mapping.js';
import { nameTurn } from '#members/write/name-turn.js';
import { PRESETS } from '#imports/presets/presets.js';
import { printJson } from '../ask/ask.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { withLedger, withLedgerToTry } from '../open-ledger.js';
import { progressBar } from '../output/progress.js';
import { countText, numberText } from '../output/values.js';
import { followReadModels } from '../read-models.js';
import { runImport, type ImportReport } from './run-import.js';

interface Options {
  readonly data?: string;
  readonly preset?: string;
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly asHistory?: boolean;
  readonly rejects?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `concord import`: ends when the read models hold what was imported, too. */
export async function importCommand(
  paths: readonly string[],
  options: Options,
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const mapping = await mappingOf(options);
  const { dryRun, asHistory, rejects } = options;
  const write = async (ledger: Ledger): Promise<ImportReport & { readonly seconds: number }> => {
    const { eventStore, readStore, hasher, organisation } = ledger;
    const following = dryRun === true || options.wait === false ? null : await followReadModels(ledger);
    const bar = progressBar(dryRun === true ? 'dry run' : 'import', { unit: 'rows' });
    const began = performance.now();
    try {
      const onProgress = ({ rows, of }: { rows: number; of: number }): void => bar.update(rows, of);
      const done = await runImport(
        { store: eventStore, identity: hasher, organisation, turn: nameTurn(readStore) },
        { mapping, paths, dryRun, asHistory, rejects, onProgress },
      );
      bar.stop();
      const seconds = (performance.now() - began) / 1000;
      await following?.waited();
      return { ...done, seconds };
    } finally {
      bar.stop();
      await following?.stop();
    }
  };
  const report =
    dryRun === true
      ? await withLedgerToTry(options.data, env, write)
      : await withLedger(options.data, env, { mustExist: false }, write);
  if (options.json === true) printJson(report);
  else process.stdout.write(summary(report, report.seconds));
  return report.rejected > 0 ? EXIT.rejected : EXIT.done;
}

async function mappingOf({ preset, mapping }: Options): Promise<Mapping> {
  if (preset !== undefined) {
    const known = PRESETS.get(preset);
    if (known === undefined)
      throw new UsageError(`there is no preset "${preset}"; known are ${[...PRESETS.keys()].join(', ')}`);
    return known;
  }
  if (mapping === undefined)
    throw new UsageError(`name a --preset (${[...PRESETS.keys()].join(', ')}) or a --mapping file`);
  let text: string;
  try {
    text = await readFile(mapping, 'utf8');
  } catch {
    throw new UsageError(`the mapping ${mapping} cannot be read`);
  }
  return parseMappingText(text);
}

function summary(report: ImportReport, seconds: number): string {
  const { rows, rejected, unchanged, listed, events, rejectsFile, dryRun, importId } = report;
  const added = Object.values(events).reduce((sum, count) => sum + count, 0);
  const lines = [
    dryRun
      ? `Dry run: ${countText(rows, 'row')} would add ${countText(added, 'event')}; nothing was written.`
      : `Imported ${countText(rows, 'row')} in ${seconds.toFixed(1)} s (${numberText(Math.round(rows / Math.max(seconds, 0.001)))} rows/s): ${countText(added, 'event')} added, ${countText(unchanged, 'row')} unchanged.`,
    ...Object.entries(events).map(([type, count]) => `  ${numberText(count).padStart(12)}  ${type}`),
    ...(rejected === 0 ? [] : [`Rejected ${countText(rejected, 'row')}.`]),
    ...(listed === 0
      ? []
      : [
          `${numberText(listed)} differ from an earlier import in a way that no command can follow; they are listed, nothing was done about them.`,
        ]),
    ...(rejectsFile === null ? [] : [`See ${rejectsFile}`]),
    ...(dryRun ? [] : [`Import ${importId}`]),
  ];
  return `${lines.join('\n')}\n`;
}
