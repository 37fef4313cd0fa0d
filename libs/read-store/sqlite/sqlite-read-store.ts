import { DomainError } from '#kernel/errors.js';
import type { ProcessorSpec, ReadStore, Stored, ViewSpec } from '../read-store.js';
import { connect, inTransaction, type Connection } from './connection.js';
import { digestOf } from './digest.js';
import { rowShape, storedFrom, type RowShape } from './document-row.js';
import { dropGeneration } from './dropping.js';
import { countLive, findPage } from './find.js';
import {
  activeGeneration,
  generationsOf,
  beginGeneration,
  declareProcessor,
  generationOf,
  noSuchGeneration,
  positionFrom,
  promoteGeneration,
  settleGeneration,
} from './generations.js';
import { createCatalogue, tableOf } from './schema.js';

export interface SqliteReadStoreSettings {
  readonly file: string;
  /** Page cache of the writing and of the reading connection, MB. */
  readonly cacheMb?: number;
  /** Called before each step of a write (tests make it throw: a crash at that step). */
  readonly onStep?: (step: string) => void;
}

/** Opens (creates) the read models' file. Any number of handles, threads and processes may share it; writers take turns, readers never wait. */
export async function openSqliteReadStore(settings: SqliteReadStoreSettings): Promise<ReadStore> {
  const cacheMb = settings.cacheMb ?? 32;
  const writer = connect(settings.file, { blockMs: 0, cacheMb });
  const reader = connect(settings.file, { blockMs: 10_000, cacheMb });
  await inTransaction(writer, () => createCatalogue(writer));
  const step = settings.onStep ?? (() => undefined);
  const declared = new Map<string, ProcessorSpec>();
  const table = tableLookup(reader);

  const readStore: ReadStore = {
    async declare(spec, lanes) {
      declared.set(spec.processor, spec);
      await declareProcessor(writer, spec, lanes);
    },

    async apply(batch) {
      const { processor, generation, lane } = batch;
      const rows = batch.writes.map((write) => {
        const { shape } = table(processor, generation, write.view);
        return { id: write.id, sql: shape.upsert, values: shape.values(write) };
      });
      step('begin');
      return writeGuarded(writer, () => {
        const stored = writer.get(CHECKPOINT, ...[processor, generation, lane]);
        if (stored === undefined) throw noSuchGeneration(processor, generation);
        if (positionFrom(stored) !== batch.from) return { stale: true, lost: [] };
        const lost: string[] = [];
        for (const { id, sql, values } of rows) {
          step('write');
          if (writer.run(sql, ...values) === 0) lost.push(id);
        }
        if (lost.length > 0) throw new Lost(lost);
        step('checkpoint');
        writer.run(
          'UPDATE checkpoints SET position = ? WHERE processor = ? AND generation = ? AND lane = ?',
          ...[batch.to, processor, generation, lane],
        );
        step('commit');
        return { stale: false, lost: [] };
      });
    },

    async checkpoint(processor, generation, lane) {
      const row = reader.get(CHECKPOINT, ...[processor, generation, lane]);
      if (row === undefined) throw noSuchGeneration(processor, generation);
      return positionFrom(row);
    },

    async setStalled(processor, generation, lane, stall) {
      const text = stall === null ? null : JSON.stringify(stall);
      await inTransaction(writer, () =>
        writer.run(
          'UPDATE checkpoints SET stalled = ? WHERE processor = ? AND generation = ? AND lane = ?',
          ...[text, processor, generation, lane],
        ),
      );
    },

    async get<D>(processor: string, generation: number, view: string, id: string) {
      const row = reader.get(
        `SELECT id, at, body FROM ${table(processor, generation, view).name} WHERE id = ? AND body IS NOT NULL`,
        id,
      );
      return row === undefined ? null : storedFrom<D>(row);
    },

    async getMany<D>(
      processor: string,
      generation: number,
      view: string,
      ids: readonly string[],
      options?: { readonly tombstones: true },
    ) {
      const sql = `SELECT id, at, body FROM ${table(processor, generation, view).name} WHERE id = ?`;
      const found: Stored<D>[] = [];
      // One prepared look-up an id is as fast as one statement for all, and needs no bound on their number.
      for (const id of ids) {
        const row = reader.get(sql, id);
        if (row !== undefined && (row['body'] !== null || options?.tombstones === true)) found.push(storedFrom<D>(row));
      }
      return found;
    },

    async range<D>(processor: string, generation: number, view: string, from: string, to: string) {
      return reader
        .all(
          `SELECT id, at, body FROM ${table(processor, generation, view).name} WHERE id >= ? AND id < ? AND body IS NOT NULL ORDER BY id`,
          from,
          to,
        )
        .map((row) => storedFrom<D>(row));
    },

    async find<D>(processor: string, generation: number, view: string, options: Parameters<ReadStore['find']>[3]) {
      const { name, spec } = table(processor, generation, view);
      return findPage<D>(reader, name, spec, options);
    },

    async count(processor, generation, view, where) {
      const { name, spec } = table(processor, generation, view);
      return countLive(reader, name, spec, where ?? {});
    },

    async active(processor) {
      return activeGeneration(reader, processor);
    },

    async begin(processor, lanes) {
      const spec =
        declared.get(processor) ?? generationOf(writer, processor, activeGeneration(writer, processor).generation).spec;
      return beginGeneration(writer, spec, lanes);
    },

    settle: (processor, generation) => settleGeneration(writer, processor, generation),
    promote: (processor, generation) => promoteGeneration(writer, processor, generation),
    drop: (processor, generation) => dropGeneration(writer, processor, generation),
    status: async (processors) => generationsOf(reader, processors),

    belongsTo: (ledgerId) =>
      inTransaction(writer, () => {
        writer.run('INSERT OR IGNORE INTO ledger VALUES (1, ?)', ledgerId);
        return String(writer.get('SELECT id FROM ledger')?.['id']);
      }),

    lease: (name, owner, ms) =>
      inTransaction(writer, () => {
        const now = Date.now();
        const taken = writer.run(
          `INSERT INTO leases VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
           WHERE owner = excluded.owner OR until <= ?`,
          ...[name, owner, BigInt(now + ms), BigInt(now)],
        );
        return taken > 0;
      }),

    async release(name, owner) {
      await inTransaction(writer, () => writer.run('DELETE FROM leases WHERE name = ? AND owner = ?', name, owner));
    },

    leases: async (prefix) =>
      reader
        .all(
          'SELECT name, owner FROM leases WHERE substr(name, 1, length(?)) = ? AND until > ? ORDER BY name',
          ...[prefix, prefix, BigInt(Date.now())],
        )
        .map(({ name, owner }) => ({ name: String(name), owner: String(owner) })),

    digest: (processor, generation, view) => digestOf(reader, table(processor, generation, view).name),

    async close() {
      reader.close();
      writer.close();
    },
  };
  return readStore;
}

const CHECKPOINT = 'SELECT position FROM checkpoints WHERE processor = ? AND generation = ? AND lane = ?';

/** A guard failed: the transaction is taken back, nothing of the batch is written. */
class Lost extends Error {
  constructor(readonly ids: readonly string[]) {
    super('a guard failed');
  }
}

async function writeGuarded(
  writer: Connection,
  work: () => { readonly stale: boolean; readonly lost: readonly string[] },
): Promise<{ readonly stale: boolean; readonly lost: readonly string[] }> {
  try {
    return await inTransaction(writer, work);
  } catch (error) {
    if (error instanceof Lost) return { stale: false, lost: error.ids };
    throw error;
  }
}

interface Table {
  readonly name: string;
  readonly spec: ViewSpec;
  readonly shape: RowShape;
}

/** A generation's views never change, so their tables are looked up once. */
function tableLookup(reader: Connection): (processor: string, generation: number, view: string) => Table {
  const known = new Map<string, Table>();
  return (processor, generation, view) => {
    const name = tableOf(processor, generation, view);
    let table = known.get(name);
    if (table === undefined) {
      const spec = generationOf(reader, processor, generation).spec.views.find((one) => one.view === view);
      if (spec === undefined) {
        throw new DomainError(
          'unavailable',
          'READ_STORE.UNKNOWN_VIEW',
          `"${processor}" has no view "${view}" in generation ${generation}`,
        );
      }
      table = { name, spec, shape: rowShape(name, spec) };
      known.set(name, table);
    }
    return table;
  };
}
