import { named } from '../names.js';
import type { ProcessorSpec, ViewSpec } from '../read-store.js';
import type { Connection } from './connection.js';

/** What the store knows of itself; idempotent. `next_generation` never falls, so that a dropped number is never given to other documents. */
export function createCatalogue({ database }: Connection): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS processors (processor TEXT PRIMARY KEY, next_generation INTEGER NOT NULL) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS generations (
      processor TEXT NOT NULL, generation INTEGER NOT NULL, version INTEGER NOT NULL, lanes INTEGER NOT NULL,
      active INTEGER NOT NULL, indexed INTEGER NOT NULL, dropped INTEGER NOT NULL, spec TEXT NOT NULL,
      PRIMARY KEY (processor, generation)) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS checkpoints (
      processor TEXT NOT NULL, generation INTEGER NOT NULL, lane INTEGER NOT NULL, position INTEGER, stalled TEXT,
      PRIMARY KEY (processor, generation, lane)) WITHOUT ROWID, STRICT;
    CREATE TABLE IF NOT EXISTS ledger (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;
  `);
}

/** Quoted name of the table that holds one view's documents in one generation. */
export const tableOf = (processor: string, generation: number, view: string): string =>
  `"doc ${named(processor)} ${generation} ${named(view)}"`;

export const columnOf = (field: string): string => `"f ${named(field)}"`;

/** A tombstone is a row without body. The body stands last, so that scanning the other columns can stop before it. */
export function createTables({ database }: Connection, spec: ProcessorSpec, generation: number): void {
  for (const view of spec.views) {
    const columns = view.fields.map(
      (field) => `${columnOf(field.name)} ${field.type === 'number' ? 'REAL' : 'TEXT'}, `,
    );
    const search = view.search === undefined ? '' : 'search TEXT, ';
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${tableOf(spec.processor, generation, view.view)}
       (id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL, ${columns.join('')}${search}body)`,
    );
  }
}

/** One index a field, over live documents only; ties are broken by id, as pages need it. */
export function createIndexes({ database }: Connection, spec: ProcessorSpec, generation: number): void {
  for (const view of spec.views) {
    for (const field of view.fields) database.exec(indexSql(spec, generation, view, field.name));
  }
}

/**
 * Views that have at least doubled since the planner last counted them. Without counts it takes every filter to be selective, and sorts
 * a hundred thousand documents to give fifty (300 ms instead of 0.2); a sample of a thousand rows misleads it as much.
 */
export function uncounted(connection: Connection, spec: ProcessorSpec, generation: number): readonly string[] {
  const hasCounts = connection.get(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`) !== undefined;
  return spec.views
    .filter((view) => view.fields.length > 0)
    .map((view) => tableOf(spec.processor, generation, view.view))
    .filter((table) => {
      const size = Number(connection.get(`SELECT max(rowid) AS n FROM ${table}`)?.['n'] ?? 0);
      const counted =
        hasCounts && connection.get('SELECT stat FROM sqlite_stat1 WHERE tbl = ? LIMIT 1', table.slice(1, -1));
      return size > 2 * (counted ? Number.parseInt(String(counted['stat']), 10) : 500);
    });
}

const indexSql = (spec: ProcessorSpec, generation: number, view: ViewSpec, field: string): string =>
  `CREATE INDEX IF NOT EXISTS "ix ${spec.processor} ${generation} ${view.view} ${field}"
   ON ${tableOf(spec.processor, generation, view.view)} (${columnOf(field)}, id) WHERE body IS NOT NULL`;
