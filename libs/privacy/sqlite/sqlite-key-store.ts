import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { KeyStore, SubjectKey } from '../key-store.js';

/** Keys drawn at once: one fsync for so many subjects. */
const POOL = 512;
/** Keys are read in stretches of their ids: a replay meets them in about the order in which they were drawn. */
const STRETCH = 256;
const STRETCHES = 128;
const SUBJECTS = 50_000;
const ASSIGN_AFTER_MS = 200;
/** How long a reader may still use a key that another process destroyed. */
const STALE_MS = 250;

/**
 * Subject keys in an SQLite file of their own, readable by its owner only. A pool of keys is written durably before the first of them
 * is used; who has which is written later (ciphertexts name their key). A process never takes keys from another's pool, so no two
 * subjects share one, even after a crash, which leaves the rest of a pool unused and may give a subject a second key.
 */
export function openSqliteKeyStore(file: string): KeyStore {
  closeSync(openSync(file, 'a', 0o600));
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec(SCHEMA);
  const draw = db.prepare('INSERT INTO keys (key) VALUES (?)');
  const assign = db.prepare('UPDATE keys SET subject = ? WHERE id = ?');
  const ofSubject = db.prepare('SELECT id, key FROM keys WHERE subject = ? ORDER BY id DESC');
  const byId = db.prepare('SELECT key FROM keys WHERE id = ?');
  const between = db.prepare('SELECT id, key FROM keys WHERE id BETWEEN ? AND ?');
  const remove = db.prepare('DELETE FROM keys WHERE id = ?');
  const version = db.prepare('PRAGMA data_version');

  let pool: SubjectKey[] = [];
  const subjects = new Map<string, SubjectKey>();
  const stretches = new Map<number, Map<number, Uint8Array>>();
  let unassigned: [subject: string, id: number][] = [];
  let timer: NodeJS.Timeout | null = null;
  let seen = version.get()?.['data_version'];
  let looked = Date.now();

  function fillPool(): void {
    const drawn: SubjectKey[] = [];
    db.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
    try {
      const bytes = randomBytes(32 * POOL);
      for (let at = 0; at < bytes.length; at += 32) {
        const key = new Uint8Array(bytes.subarray(at, at + 32));
        drawn.push({ id: String(draw.run(key).lastInsertRowid), key });
      }
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
    pool = drawn.reverse();
  }

  /** Losing this in a crash loses nothing that cannot be read from the ledger, so it needs no fsync. */
  function writeAssignments(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (unassigned.length === 0) return;
    try {
      db.exec('PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
      for (const [subject, id] of unassigned) assign.run(subject, id);
      db.exec('COMMIT');
      unassigned = [];
    } catch {
      if (db.isTransaction) db.exec('ROLLBACK');
      // Kept for the next time.
    }
  }

  function noticeOthers(): void {
    const now = Date.now();
    if (now - looked < STALE_MS && now >= looked) return;
    looked = now;
    const current = version.get()?.['data_version'];
    if (current === seen) return;
    seen = current;
    stretches.clear();
    subjects.clear();
    for (const [subject, id] of unassigned) remember(subject, id);
  }

  function remember(subject: string, id: number): void {
    const row = byId.get(id);
    if (row !== undefined) subjects.set(subject, { id: String(id), key: bytesOf(row['key']) });
  }

  return {
    keyFor(subject) {
      noticeOthers();
      let key = subjects.get(subject);
      if (key !== undefined) return key;
      const row = ofSubject.get(subject);
      if (row !== undefined) {
        key = { id: String(row['id']), key: bytesOf(row['key']) };
      } else {
        if (pool.length === 0) fillPool();
        const drawn = pool.pop();
        if (drawn === undefined) throw new Error('the pool of keys is empty');
        key = drawn;
        unassigned.push([subject, Number(key.id)]);
        if (unassigned.length >= POOL) writeAssignments();
        else timer ??= setTimeout(writeAssignments, ASSIGN_AFTER_MS).unref();
      }
      if (subjects.size >= SUBJECTS) {
        // What is not written yet must not be forgotten: the subject would be given a second key.
        writeAssignments();
        subjects.clear();
      }
      subjects.set(subject, key);
      return key;
    },
    key(text) {
      noticeOthers();
      const id = Number(text);
      if (!Number.isSafeInteger(id)) return null;
      const number = Math.floor(id / STRETCH);
      let stretch = stretches.get(number);
      if (stretch === undefined) {
        const rows = between.all(number * STRETCH, (number + 1) * STRETCH - 1);
        stretch = new Map(rows.map((row) => [Number(row['id']), bytesOf(row['key'])]));
        if (stretches.size >= STRETCHES) stretches.clear();
        stretches.set(number, stretch);
      }
      let key = stretch.get(id);
      if (key === undefined) {
        // Drawn since the stretch was read, or destroyed.
        const row = byId.get(id);
        if (row === undefined) return null;
        key = bytesOf(row['key']);
        stretch.set(id, key);
      }
      return key;
    },
    destroy(ids) {
      writeAssignments();
      db.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
      for (const id of ids) remove.run(Number(id));
      db.exec('COMMIT');
      // Deleted rows are overwritten (secure_delete); now the log that still holds them goes as well.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      const gone = new Set(ids);
      stretches.clear();
      subjects.clear();
      pool = pool.filter(({ id }) => !gone.has(id));
    },
    close() {
      writeAssignments();
      db.close();
    },
  };
}

// node:sqlite gives a blob as bytes.
const bytesOf = (value: unknown): Uint8Array => value as Uint8Array;

const SCHEMA = `
PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL, subject TEXT);
CREATE INDEX IF NOT EXISTS keys_of_subject ON keys (subject) WHERE subject IS NOT NULL;`;
