import type { ModelNeed } from '#attribution/credit-models/rule-model.js';
import { preparePath, type Touch } from '#attribution/credit-models/touch-path.js';
import { numberIn, numberOrNothing } from './cells.js';
import { BadCell, tableFile, type TableSource } from './table-file.js';

/** Reads a file with a path a row: its channels, how often it converted, the value, how often it did not. */
export async function readPaths(
  path: string,
  source: TableSource,
): Promise<{ readonly needs: ReadonlySet<ModelNeed>; readonly hasValue: boolean }> {
  const { flags, mapping, options, builder } = source;
  const named = {
    ...mapping.paths,
    ...defined({ path: flags.path, conversions: flags.conversions, value: flags.value, null: flags.null }),
  };
  const column = (key: string, usual: string, isNeeded: boolean) => ({
    name: named[key] ?? usual,
    option: `--${key}`,
    isNeeded: isNeeded || named[key] !== undefined,
  });
  const file = await tableFile(
    path,
    {
      path: column('path', 'path', true),
      conversions: column('conversions', 'total_conversions', true),
      value: column('value', 'total_conversion_value', false),
      null: column('null', 'total_null', false),
    },
    source,
  );
  const separator = flags.separator ?? '>';
  const bare = separator.trim() === '' ? separator : separator.trim();
  // A channel's name is kept once, not once a touch.
  const touches = new Map<string, Touch>();
  await file.rows((cells, columns) => {
    const outcome = {
      conversions: numberIn(cells.conversions, columns.conversions, flags.decimal),
      value: numberOrNothing(cells.value, columns.value, flags.decimal),
      nulls: numberOrNothing(cells.null, columns.null, flags.decimal),
    };
    // No model could say what such a value was a step towards.
    if (outcome.value > 0 && outcome.conversions === 0)
      throw new BadCell(columns.value, `${cells.value} without a conversion`);
    const steps = stepsOf(cells.path, bare, columns.path);
    const route = steps.map((channel) => {
      const touch = touches.get(channel) ?? { channel, at: null, kind: null };
      touches.set(channel, touch);
      return touch;
    });
    const moments = { closedAt: null, leadCreatedAt: null, opportunityAt: null };
    builder.add(preparePath({ ...moments, touches: route }, options), outcome);
  });
  return { needs: new Set(), hasValue: file.has('value') };
}

function stepsOf(cell: string, separator: string, column: string): string[] {
  if (cell === '') throw new BadCell(column, 'it is empty');
  const steps = cell.split(separator).map((step) => step.trim());
  if (steps.includes('')) throw new BadCell(column, `"${cell}" has an empty step`);
  return steps;
}

export const defined = (entries: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined));
