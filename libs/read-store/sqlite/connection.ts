import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#kernel/errors.js';

export type Row = Readonly<Record<string, SQLOutputValue>>;

/** One connection with its prepared statements. Integers come back as bigints (positions), real numbers as numbers. */
export interface Connection {
  readonly database: DatabaseSync;
  all(sql: string, ...values: SQLInputValue[]): readonly Row[];
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  /** Number of rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  close(): void;
}

export interface ConnectionSettings {
  /** How long a statement blocks this thread while another connection is in the way. */
  readonly blockMs: number;
  readonly cacheMb: number;
}

/** The file is disposable: synchronous NORMAL never corrupts it, and a power cut may take back the last transactions, which are then projected again. */
export function connect(file: string, settings: ConnectionSettings): Connection {
  const database = new DatabaseSync(file, { readBigInts: true, timeout: 10_000 });
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -${settings.cacheMb * 1024}; PRAGMA wal_autocheckpoint = 8000; PRAGMA journal_size_limit = 67108864;
    PRAGMA busy_timeout = ${settings.blockMs}`);
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      // Filters make many texts; a bound keeps a long-lived server from collecting them all.
      if (statements.size >= 500) statements.clear();
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    database,
    all: (sql, ...values) => asking(() => prepared(sql).all(...values)),
    get: (sql, ...values) => asking(() => prepared(sql).get(...values)),
    run: (sql, ...values) => Number(asking(() => prepared(sql).run(...values)).changes),
    close: () => {
      statements.clear();
      if (database.isOpen) database.close();
    },
  };
}

/** A reader may hold on to a generation that was dropped meanwhile. */
function asking<T>(question: () => T): T {
  try {
    return question();
  } catch (error) {
    if (String(faultOf(error).message).startsWith('no such table: doc ')) {
      throw new DomainError('unavailable', 'READ_STORE.NO_SUCH_GENERATION', 'this generation is gone; ask again');
    }
    throw error;
  }
}

const PATIENCE_MS = 30_000;

/**
 * Runs `work` (synchronous, so that the lock is held briefly) as one transaction that begins with the write lock. While another
 * connection holds it, this thread stays free for others. Throws `READ_STORE.BUSY` (unavailable) after 30 s.
 */
export async function inTransaction<T>(connection: Connection, work: () => T): Promise<T> {
  const { database } = connection;
  const giveUp = Date.now() + PATIENCE_MS;
  for (let attempts = 1; !begin(database); attempts += 1) {
    if (Date.now() > giveUp)
      throw new DomainError('unavailable', 'READ_STORE.BUSY', 'the read store is held by another writer');
    // Most transactions take less than the shortest sleep.
    await (attempts < 30 ? nextTurn() : sleep(1 + Math.random() * 3));
  }
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function begin(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

const SQLITE_BUSY = 5;
const isBusy = (error: unknown): boolean => (Number(faultOf(error).errcode) & 0xff) === SQLITE_BUSY;

/** By shape, not by class: node:sqlite makes its errors in the process's main realm, which is another one under a test runner. */
const faultOf = (error: unknown): { readonly message?: unknown; readonly errcode?: unknown } =>
  typeof error === 'object' && error !== null ? error : {};
