import { readFileSync } from 'node:fs';
import { customModel, type CustomWeights } from '#attribution/credit-models/credit-models.js';
import { UsageError } from '../exit-code.js';

/** Names of columns by file, and models of one's own; an option on the command line goes before it. */
export interface AttributeMapping {
  readonly paths?: Columns;
  readonly touches?: Columns;
  readonly conversions?: Columns;
  readonly spend?: Columns;
  readonly models?: Readonly<Record<string, CustomWeights>>;
}
export type Columns = Readonly<Record<string, string>>;

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  paths: ['path', 'conversions', 'value', 'null'],
  touches: ['person', 'at', 'channel', 'campaign', 'kind'],
  conversions: ['person', 'at', 'value', 'leadCreated', 'opportunity'],
  spend: ['date', 'channel', 'campaign', 'amount'],
};

/** Throws UsageError for what it does not know, so that a misspelt name is not passed over. */
export function readMapping(path: string | undefined): AttributeMapping {
  if (path === undefined) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (!isObject(parsed)) throw new UsageError(`${path} must hold a JSON object`);
  for (const [part, content] of Object.entries(parsed)) {
    if (!isObject(content)) throw new UsageError(`${path}: "${part}" must be an object`);
    if (part === 'models') Object.entries(content).forEach(([name, weights]) => checkModel(path, name, weights));
    else checkColumns(path, part, content);
  }
  // Checked member by member above.
  return parsed;
}

function checkColumns(path: string, part: string, content: object): void {
  const known = COLUMNS[part];
  if (known === undefined)
    throw new UsageError(`${path}: there is no "${part}"; there are ${[...Object.keys(COLUMNS), 'models'].join(', ')}`);
  for (const [name, column] of Object.entries(content)) {
    if (!known.includes(name)) throw new UsageError(`${path}: ${part} has no "${name}"; it has ${known.join(', ')}`);
    if (typeof column !== 'string') throw new UsageError(`${path}: ${part}.${name} must be a column's name`);
  }
}

function checkModel(path: string, name: string, weights: unknown): void {
  const wrong = new UsageError(
    `${path}: model "${name}" must be {"milestones": {"ft", "lc", "oc", "cw", "rest"}} or {"kinds": {...}, "other": 0}, weights 0 or more and one of them above 0`,
  );
  if (!isObject(weights)) throw wrong;
  const given = 'milestones' in weights ? weights.milestones : 'kinds' in weights ? weights.kinds : null;
  const hasUnknown =
    Object.keys(weights).some((key) => !('kinds' in weights ? ['kinds', 'other'] : ['milestones']).includes(key)) ||
    ('milestones' in weights &&
      isObject(given) &&
      Object.keys(given).some((key) => !['ft', 'lc', 'oc', 'cw', 'rest'].includes(key)));
  if (!isObject(given) || hasUnknown) throw wrong;
  try {
    // The same check of the numbers as everywhere; its shape was checked above.
    customModel(name, weights as CustomWeights);
  } catch {
    throw wrong;
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
