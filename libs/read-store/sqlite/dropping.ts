import { refused } from '#kernel/errors.js';
import type { ProcessorSpec } from '../read-store.js';
import { inTransaction, type Connection } from './connection.js';
import { tableOf } from './schema.js';

/** Small transactions, so that others can write in between: secure deletion overwrites every page. */
const CHUNK = 2_000;

/** Nobody sees the generation any more once this has begun; what a crash leaves of it goes at the next `declare`. */
export async function dropGeneration(connection: Connection, processor: string, generation: number): Promise<void> {
  await inTransaction(connection, () => {
    const marked = connection.run(
      'UPDATE generations SET dropped = 1 WHERE processor = ? AND generation = ? AND active = 0',
      ...[processor, generation],
    );
    // Without a checkpoint nothing more is taken for it.
    if (marked > 0) {
      connection.run('DELETE FROM checkpoints WHERE processor = ? AND generation = ?', processor, generation);
      return;
    }
    const known = connection.get(
      'SELECT 1 FROM generations WHERE processor = ? AND generation = ?',
      processor,
      generation,
    );
    if (known === undefined) return;
    throw refused('READ_STORE.GENERATION_ACTIVE', `generation ${generation} of "${processor}" is the active one`);
  });
  await finishDropping(connection, processor);
}

export async function finishDropping(connection: Connection, processor: string): Promise<void> {
  const dropped = connection.all(
    'SELECT generation, spec FROM generations WHERE processor = ? AND dropped = 1',
    processor,
  );
  for (const row of dropped) {
    const generation = Number(row['generation']);
    const { views } = JSON.parse(String(row['spec'])) as ProcessorSpec; // written by `begin` and `declare` only
    for (const { view } of views) await removeTable(connection, tableOf(processor, generation, view));
    await inTransaction(connection, () =>
      connection.run('DELETE FROM generations WHERE processor = ? AND generation = ?', processor, generation),
    );
  }
}

/** Another process may be at the same table. */
async function removeTable(connection: Connection, table: string): Promise<void> {
  const name = table.slice(1, -1);
  await inTransaction(connection, () => {
    const indexes = connection.all(
      `SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?`,
      name,
    );
    for (const index of indexes) connection.database.exec(`DROP INDEX "${String(index['name'])}"`);
  });
  const some = (): number =>
    connection.get(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`, name) === undefined
      ? 0
      : connection.run(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} LIMIT ${CHUNK})`);
  while ((await inTransaction(connection, some)) > 0);
  await inTransaction(connection, () => {
    connection.database.exec(`DROP TABLE IF EXISTS ${table}`);
  });
}
