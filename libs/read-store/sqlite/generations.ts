import { DomainError } from '#kernel/errors.js';
import { positionOf, type Position } from '#kernel/position.js';
import { assertNotBehind } from '../promotion.js';
import type { GenerationStatus, ProcessorSpec, Stall } from '../read-store.js';
import { inTransaction, type Connection, type Row } from './connection.js';
import { finishDropping } from './dropping.js';
import { createIndexes, createTables, uncounted } from './schema.js';

export interface Generation {
  readonly spec: ProcessorSpec;
  readonly lanes: number;
  readonly active: boolean;
  readonly indexed: boolean;
}

const SELECT = 'SELECT spec, lanes, active, indexed FROM generations WHERE processor = ?';

export const activeGeneration = (
  connection: Connection,
  processor: string,
): { readonly generation: number; readonly lanes: number } => {
  const row = connection.get('SELECT generation, lanes FROM generations WHERE processor = ? AND active = 1', processor);
  if (row === undefined)
    throw new DomainError(
      'unavailable',
      'READ_STORE.UNKNOWN_PROCESSOR',
      `there are no documents of "${processor}" yet`,
    );
  return { generation: Number(row['generation']), lanes: Number(row['lanes']) };
};

/** Throws `READ_STORE.NO_SUCH_GENERATION` (unavailable: it was dropped, the active one answers). */
export function generationOf(connection: Connection, processor: string, generation: number): Generation {
  const row = connection.get(`${SELECT} AND generation = ? AND dropped = 0`, processor, generation);
  if (row === undefined) throw noSuchGeneration(processor, generation);
  return {
    spec: JSON.parse(String(row['spec'])) as ProcessorSpec, // written by `insertGeneration` only
    lanes: Number(row['lanes']),
    active: row['active'] === 1n,
    indexed: row['indexed'] === 1n,
  };
}

export const noSuchGeneration = (processor: string, generation: number): DomainError =>
  new DomainError('unavailable', 'READ_STORE.NO_SUCH_GENERATION', `generation ${generation} of "${processor}" is gone`);

export async function declareProcessor(connection: Connection, spec: ProcessorSpec, lanes: number): Promise<void> {
  await finishDropping(connection, spec.processor);
  const known = 'SELECT 1 FROM generations WHERE processor = ? AND active = 1';
  if (connection.get(known, spec.processor) !== undefined) return;
  await inTransaction(connection, () => {
    if (connection.get(known, spec.processor) === undefined) insertGeneration(connection, spec, lanes, true);
  });
}

export const beginGeneration = (connection: Connection, spec: ProcessorSpec, lanes: number): Promise<number> =>
  inTransaction(connection, () => insertGeneration(connection, spec, lanes, false));

function insertGeneration(connection: Connection, spec: ProcessorSpec, lanes: number, active: boolean): number {
  const row = connection.get(
    `INSERT INTO processors VALUES (?, 2) ON CONFLICT (processor) DO UPDATE SET next_generation = next_generation + 1
     RETURNING next_generation - 1 AS generation`,
    spec.processor,
  );
  const generation = Number(row?.['generation']);
  connection.run(
    'INSERT INTO generations VALUES (?, ?, ?, ?, ?, 0, 0, ?)',
    ...[spec.processor, generation, spec.version, lanes, active ? 1 : 0, JSON.stringify(spec)],
  );
  for (let lane = 0; lane < lanes; lane += 1) {
    connection.run('INSERT INTO checkpoints VALUES (?, ?, ?, NULL, NULL)', spec.processor, generation, lane);
  }
  createTables(connection, spec, generation);
  return generation;
}

/** Indexes are built when a generation has caught up: writing a million documents into them one by one costs far more. */
export async function settleGeneration(connection: Connection, processor: string, generation: number): Promise<void> {
  const { indexed, spec } = generationOf(connection, processor, generation);
  if (!indexed) {
    await inTransaction(connection, () => {
      if (generationOf(connection, processor, generation).indexed) return;
      createIndexes(connection, spec, generation);
      connection.run(
        'UPDATE generations SET indexed = 1 WHERE processor = ? AND generation = ?',
        processor,
        generation,
      );
    });
  }
  for (const table of uncounted(connection, spec, generation)) {
    await inTransaction(connection, () => {
      connection.database.exec(`ANALYZE ${table}`);
    });
  }
}

export async function promoteGeneration(connection: Connection, processor: string, generation: number): Promise<void> {
  const assertThere = (): void => {
    const { generation: active } = activeGeneration(connection, processor);
    assertNotBehind(checkpointsOf(connection, processor, generation), checkpointsOf(connection, processor, active));
  };
  generationOf(connection, processor, generation);
  assertThere();
  await settleGeneration(connection, processor, generation);
  await inTransaction(connection, () => {
    generationOf(connection, processor, generation);
    assertThere();
    connection.run('UPDATE generations SET active = (generation = ?) WHERE processor = ?', generation, processor);
  });
}

const checkpointsOf = (connection: Connection, processor: string, generation: number): (Position | null)[] =>
  connection
    .all('SELECT position FROM checkpoints WHERE processor = ? AND generation = ? ORDER BY lane', processor, generation)
    .map(positionFrom);

export const positionFrom = (row: Row): Position | null =>
  typeof row['position'] === 'bigint' ? positionOf(row['position']) : null;

export function generationsOf(
  connection: Connection,
  processors: readonly string[] | undefined,
): readonly GenerationStatus[] {
  const some = processors === undefined ? '' : `AND g.processor IN (${processors.map(() => '?').join(', ')})`;
  const rows = connection.all(
    `SELECT g.processor, g.generation, g.version, g.lanes, g.active, c.position, c.stalled FROM generations g
     JOIN checkpoints c USING (processor, generation) WHERE g.dropped = 0 ${some} ORDER BY g.processor, g.generation, c.lane`,
    ...(processors ?? []),
  );
  const found: (GenerationStatus & { checkpoints: (Position | null)[]; stalled: (Stall | null)[] })[] = [];
  for (const row of rows) {
    const processor = String(row['processor']);
    const generation = Number(row['generation']);
    let entry = found.at(-1);
    if (entry?.processor !== processor || entry.generation !== generation) {
      const { version, lanes, active } = row;
      entry = {
        processor,
        generation,
        version: Number(version),
        lanes: Number(lanes),
        active: active === 1n,
        checkpoints: [],
        stalled: [],
      };
      found.push(entry);
    }
    entry.checkpoints.push(positionFrom(row));
    entry.stalled.push(typeof row['stalled'] === 'string' ? (JSON.parse(row['stalled']) as Stall) : null); // written by `setStalled` only
  }
  return found;
}
