import { DatabaseSync } from 'node:sqlite';
import { DomainError } from '#kernel/errors.js';
import { freshUuid, isUuid, type Uuid } from '#kernel/ids.js';
import { SETTINGS_TYPE } from '../appendable.js';

export type Connect = (file: string, options: { readonly readOnly: boolean }) => DatabaseSync;

export const connect: Connect = (file, { readOnly }) =>
  new DatabaseSync(file, { readOnly, timeout: OPENING_PATIENCE_MS });

/** Opening waits for whoever creates or recovers the file at that moment. */
const OPENING_PATIENCE_MS = 10_000;
/** While writing, the main thread sleeps at most this long for another process's commit; then it waits without blocking. */
const WRITING_PATIENCE_MS = 3;
const FORMAT = '1';

/** The connection that writes: WAL, an fsync per commit. Makes the tables where there are none. */
export function openForWriting(file: string, open: Connect): DatabaseSync {
  const db = open(file, { readOnly: false });
  try {
    // Without recursive triggers an INSERT OR REPLACE would delete around the append-only triggers.
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON;
      PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864`);
    db.exec('BEGIN IMMEDIATE');
    db.exec(SCHEMA);
    db.prepare(`INSERT OR IGNORE INTO ledger (name, value) VALUES ('id', ?), ('format', ?)`).run(freshUuid(), FORMAT);
    db.exec('COMMIT');
    const format = settingOf(db, 'format');
    if (format !== FORMAT) {
      throw new DomainError(
        'unavailable',
        'EVENT_STORE.UNKNOWN_FORMAT',
        `${file} is in format ${format ?? '?'}, this version reads ${FORMAT}`,
      );
    }
    db.exec(`PRAGMA busy_timeout = ${WRITING_PATIENCE_MS}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

export function openForReading(file: string, open: Connect): DatabaseSync {
  const db = open(file, { readOnly: true });
  db.exec('PRAGMA cache_size = -16000');
  return db;
}

export function ledgerIdOf(db: DatabaseSync): Uuid {
  const id = settingOf(db, 'id') ?? '';
  if (!isUuid(id)) throw new DomainError('unavailable', 'EVENT_STORE.UNKNOWN_FORMAT', 'the ledger has no id');
  return id;
}

/** What the ledger says of itself: `id`, `format`, `ledger_marked_as_history`. */
export function settingOf(db: DatabaseSync, name: string): string | null {
  const row = db.prepare('SELECT value FROM ledger WHERE name = ?').get(name);
  return typeof row?.['value'] === 'string' ? row['value'] : null;
}

/** SQLite's primary result codes that are told apart. */
export const SQLITE = { busy: 5, full: 13, constraint: 19 } as const;

/** The primary result code of an error from SQLite, null for any other error. */
export function sqliteCode(error: unknown): number | null {
  // Not instanceof: the error may come from another realm.
  if (typeof error !== 'object' || error === null || !('errcode' in error) || typeof error.errcode !== 'number')
    return null;
  return error.errcode & 0xff;
}

export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** Of `SETTINGS_TYPE`, always the first in `types`. */
export const SETTINGS_TYPE_ID = 1;

/** Set for ever by the first event whose moment was brought along. */
/** Settings of a copy: its original, what ids are derived from, and that it is whole. */
export const COPY_MARKS = { original: 'copy_of', installation: 'installation', finished: 'copy_finished' } as const;

export const HISTORY_MARK = 'ledger_marked_as_history';

const APPEND_ONLY = ['ledger', 'types', 'actors', 'streams', 'events']
  .flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (action) => `CREATE TRIGGER IF NOT EXISTS ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;`,
    ),
  )
  .join('\n');

/**
 * Columns that filters and projections want stand first, the payload last: a scan then never touches an overflow page for them.
 * `known_at` is the moment that history brought along, apart from `recorded_at`, the store's own. `streams.lead` is the lead of a
 * stream's first event where the stream is not named after it. Ids are 16 bytes.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS ledger (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT OR IGNORE INTO types (id, name) VALUES (${SETTINGS_TYPE_ID}, '${SETTINGS_TYPE}');
CREATE TABLE IF NOT EXISTS actors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, team TEXT NOT NULL, UNIQUE (name, team));
CREATE TABLE IF NOT EXISTS streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, lead BLOB);
CREATE INDEX IF NOT EXISTS streams_of_lead ON streams (lead) WHERE lead IS NOT NULL;
CREATE TABLE IF NOT EXISTS events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  type INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  stream INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  event_id BLOB NOT NULL UNIQUE,
  schema_version INTEGER NOT NULL,
  lead BLOB,
  pass INTEGER,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  known_at INTEGER,
  actor INTEGER NOT NULL,
  command BLOB NOT NULL,
  digest TEXT NOT NULL,
  correlation TEXT NOT NULL,
  causation TEXT,
  meta TEXT,
  data TEXT NOT NULL,
  UNIQUE (stream, revision)
);
${APPEND_ONLY}`;
