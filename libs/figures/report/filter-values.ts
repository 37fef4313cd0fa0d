import { nearMatches } from '#kernel/near-match.js';
import type { Warning } from '#platform/questions/read-side.js';
import { METRIC } from '../contribution/fact.js';
import type { FactsReader } from '../facts-reader.js';
import type { Filters } from './grouping.js';
import type { Sight } from './sight.js';

/**
 * Warns of filter values that no fact ever had, since a typing error otherwise looks like a zero. Judged by the ledger as it is now: a value
 * that came after `knownAt` is none. Costs a look into a set where all values are known; else the facts that were not looked at before.
 */
export async function filterWarnings(sight: Sight, filters: Filters): Promise<readonly Warning[]> {
  const warnings: Warning[] = [];
  for (const [name, allowed] of filters) {
    const asked = [...allowed].filter((value) => value !== null);
    const table = valueTable(sight, name);
    const unknown = await table.unknown(sight, asked);
    for (const value of unknown) {
      const near = nearMatches(value, table.values).map((one) => `"${one}"`);
      warnings.push({
        code: 'UNKNOWN_FILTER_VALUE',
        detail: `No ${name} is called "${value}"${near.length === 0 ? '' : `; near to it: ${near.join(', ')}`}. Nothing matches this value.`,
      });
    }
  }
  return warnings;
}

/** Values that a dimension has had, as far as anybody needed to look. */
interface ValueTable {
  readonly values: ReadonlySet<string>;
  unknown(sight: Sight, asked: readonly string[]): Promise<readonly string[]>;
}

function valueTable({ reader, pin }: Sight, dimension: string): ValueTable {
  let held = TABLES.get(reader);
  if (held?.generation !== pin.generation) {
    held = { generation: pin.generation, tables: new Map() };
    TABLES.set(reader, held);
  }
  let table = held.tables.get(dimension);
  if (table === undefined) {
    // Any text may name a dimension; those that exist are checked before, so this stays small.
    table = newTable(dimension);
    held.tables.set(dimension, table);
  }
  return table;
}
const TABLES = new WeakMap<FactsReader, { readonly generation: number; readonly tables: Map<string, ValueTable> }>();

/** Leads and deals show nearly every value; the others only what changed in between. */
const METRICS_IN_ORDER: readonly number[] = [
  METRIC.leads,
  METRIC.opportunities,
  METRIC.pipeline,
  ...Object.values(METRIC).filter(
    (metric) => ![METRIC.leads, METRIC.opportunities, METRIC.pipeline, METRIC.assumed].some((own) => own === metric),
  ),
];

function newTable(dimension: string): ValueTable {
  const values = new Set<string>();
  /** By metric: blocks that end at or before this position need no second look. */
  const lookedUpTo = new Map<number, number>();
  return {
    values,
    async unknown({ reader, pin }, asked) {
      let missing = asked.filter((value) => !values.has(value));
      const head = Math.max(0, ...pin.checkpoints);
      const complete = pin.checkpoints.length === 0 ? 0 : Math.min(...pin.checkpoints);
      for (const metric of METRICS_IN_ORDER) {
        if (missing.length === 0) break;
        const before = lookedUpTo.get(metric) ?? -1;
        for (const { block } of await reader.cuts(pin, metric, head, { from: null, to: null })) {
          if ((block.epoch + 1) * reader.epochLength - 1 <= before) continue;
          for (const text of block.dimension(dimension)?.texts ?? []) values.add(text);
        }
        lookedUpTo.set(metric, complete);
        missing = missing.filter((value) => !values.has(value));
      }
      return missing;
    },
  };
}
