import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { keyNumber } from '../key-number.js';
import type { KeyStore, SubjectKey } from '../key-store.js';
import { adoptedKeys } from './adopted-keys.js';
import { newKeyReader } from './key-reader.js';

/** Keys drawn at once, with one fsync: few at first, more for whoever needs more. */
const FIRST_POOL = 32;
const LARGEST_POOL = 2_048;
/** Subjects whose key is remembered; the oldest gets another one when it is written about again. */
const SUBJECTS = 50_000;

/**
 * Subject keys in an SQLite file of their own, readable by its owner only. A pool of keys is written durably before the first of them is
 * used, so that no event outlives the making of its key. Every handle draws pools of its own and gives a key to one subject; what is
 * left of a pool in the end is never used. Whose key it is is written nowhere: the ciphertexts in the subject's streams name it.
 */
export function openSqliteKeyStore(file: string): KeyStore {
  closeSync(openSync(file, 'a', 0o600)); // SQLite's files beside it take the mode over
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec(SCHEMA);
  const draw = db.prepare('INSERT INTO keys (key) VALUES (?)');
  const remove = db.prepare('DELETE FROM keys WHERE id = ?');
  const subjects = new Map<string, SubjectKey>();
  const adopted = adoptedKeys(db);
  // Another handle may have destroyed keys: who was given one of them gets another.
  const reader = newKeyReader(db, () => {
    subjects.clear();
    adopted.forget();
  });
  let pool: SubjectKey[] = [];
  let poolSize = FIRST_POOL;

  function transaction<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  function drawOne(): SubjectKey {
    let key = pool.pop();
    if (key === undefined) {
      const drawn: SubjectKey[] = [];
      transaction(() => {
        for (let n = 0; n < poolSize; n++) {
          const bytes = new Uint8Array(randomBytes(32));
          drawn.push({ id: String(draw.run(bytes).lastInsertRowid), key: bytes });
        }
      });
      poolSize = Math.min(poolSize * 4, LARGEST_POOL);
      // From the end: in the order of their ids, as they will be read.
      pool = drawn.reverse();
      key = pool.pop();
    }
    if (key === undefined) throw new Error('a pool of keys without keys');
    return key;
  }

  return {
    keyFor(subject) {
      reader.notice();
      let key = subjects.get(subject);
      if (key === undefined) {
        key = drawOne();
        if (subjects.size >= SUBJECTS) forgetOldest(subjects);
        subjects.set(subject, key);
      }
      return key;
    },
    key(id) {
      reader.notice();
      const number = keyNumber(id);
      return adopted.remembered(id) ?? (number === null ? null : reader.key(number)) ?? adopted.key(id);
    },
    async destroy(ids) {
      transaction(() => {
        for (const id of ids) {
          const number = keyNumber(id);
          if (number !== null) remove.run(number);
          adopted.destroy(id);
        }
      });
      // Deleted rows are overwritten (secure_delete); now the log that still holds them goes as well.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const gone = new Set(ids);
      pool = pool.filter(({ id }) => !gone.has(id));
      subjects.clear();
      reader.forget();
      adopted.forget();
    },
    async *held() {
      yield* adopted.held();
    },
    async adopt(keys, { tryOnly = false } = {}) {
      if (tryOnly) return adopted.lackingOf(keys).adoption;
      return transaction(() => adopted.adopt(keys));
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function forgetOldest(subjects: Map<string, SubjectKey>): void {
  const oldest = subjects.keys().next();
  if (oldest.done !== true) subjects.delete(oldest.value);
}

const SCHEMA = `
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS adopted (id TEXT PRIMARY KEY, key BLOB) WITHOUT ROWID; -- key: null once it is destroyed`;
