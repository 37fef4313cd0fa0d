import { attributePaths } from '#attribution/credit-models/attribute-paths.js';
import type { CreditModel } from '#attribution/credit-models/credit-models.js';
import { isNamedDirect, pathTable, type PathTable } from '#attribution/credit-models/path-table.js';
import type { ModelNeed } from '#attribution/credit-models/rule-model.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { answerOf } from './answer.js';
import { badRows } from './bad-rows.js';
import type { AttributeFlags } from './describe-attribute.js';
import { readMapping, type AttributeMapping } from './mapping.js';
import { chosenModels, pathOptions, refuseStrayFlags } from './options.js';
import { readPaths } from './read-paths.js';
import { readSpend } from './read-spend.js';
import { readTouches } from './read-touches.js';
import { show } from './show.js';
import type { TableSource } from './table-file.js';

/** `concord attribute`: credit from CSV files alone, without a ledger. Rows that cannot be read are named, and the exit code says so. */
export async function attributeCommand(paths: string | undefined, flags: AttributeFlags): Promise<ExitCode> {
  refuseStrayFlags(paths, flags);
  const mapping = readMapping(flags.mapping);
  const models = chosenModels(flags.models, mapping);
  const rejected = badRows(flags.rejects);
  const { table, hasValue } = await readTable({ paths, flags, mapping, models, rejected });
  const spend = flags.spend === undefined ? null : await readSpend(flags.spend, flags, mapping, rejected);
  const answer = answerOf(table, attributePaths(table, models, { nulls: flags.nulls }), {
    dimension: flags.by,
    hasValue,
    spend,
    rejected: rejected.count(),
  });
  process.stdout.write(show(answer, flags.json === true ? 'json' : flags.format));
  if (flags.json !== true && flags.format !== 'json')
    for (const { detail } of answer.warnings) process.stderr.write(`concord: ${detail}\n`);
  return rejected.report() ? EXIT.rejected : EXIT.done;
}

interface Asked {
  readonly paths: string | undefined;
  readonly flags: AttributeFlags;
  readonly mapping: AttributeMapping;
  readonly models: readonly CreditModel[];
  readonly rejected: ReturnType<typeof badRows>;
}

async function readTable({ paths, flags, mapping, models, rejected }: Asked): Promise<{
  readonly table: PathTable;
  readonly hasValue: boolean;
}> {
  const direct = flags.direct === undefined ? null : new Set(flags.direct);
  const builder = pathTable(direct === null ? isNamedDirect : (channel) => direct.has(channel));
  const source: TableSource = { flags, mapping, options: pathOptions(flags), builder, rejected };
  let known: { readonly needs: ReadonlySet<ModelNeed>; readonly hasValue: boolean };
  if (paths !== undefined) known = await readPaths(paths, source);
  else if (flags.touches !== undefined && flags.conversions !== undefined)
    known = await readTouches(flags.touches, flags.conversions, source);
  else throw new UsageError('name a file of paths, or --touches and --conversions');
  for (const model of models) {
    const missing = 'needs' in model ? model.needs.find((need) => !known.needs.has(need)) : undefined;
    if (missing !== undefined) throw new UsageError(`${model.name} needs ${NEEDS[missing]}`);
  }
  return { table: builder.build(), hasValue: known.hasValue };
}

const NEEDS: Readonly<Record<ModelNeed, string>> = {
  times: 'the time of each touch: give --touches and --conversions',
  leadCreation:
    'to know when the lead was created: give --touches, and --lead-created names the column in the file of conversions',
  opportunity:
    'to know when the opportunity was created: give --touches, and --opportunity names the column in the file of conversions',
  kinds: 'the kind of each touch: give --touches, and --kind names its column',
};
