import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Team } from '#kernel/envelope.js';
import { refused } from '#kernel/errors.js';
import type { AccessKey, Role } from '../access-key.js';
import type { KeyRegister } from '../key-register.js';

/** Access keys in an SQLite file of their own, readable by its owner only. Any number of processes may have it open. */
export function openSqliteKeyRegister(file: string): KeyRegister {
  closeSync(openSync(file, 'a', 0o600)); // SQLite's files beside it take the mode over
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec(SCHEMA);
  const insert = db.prepare(
    'INSERT INTO access_keys VALUES (:id, :member, :role, :team, :hash, :createdAt, :lastUsedAt, :revokedAt) ON CONFLICT DO NOTHING',
  );
  const one = db.prepare('SELECT * FROM access_keys WHERE id = ?');
  const all = db.prepare('SELECT * FROM access_keys ORDER BY created_at, id');
  const revoke = db.prepare('UPDATE access_keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?');
  const used = db.prepare('UPDATE access_keys SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?');
  return {
    async add(key) {
      if (insert.run({ ...key }).changes === 0)
        throw refused('ACCESS.KEY_EXISTS', `there is a key "${key.id}" already`);
    },
    async find(id) {
      const row = one.get(id);
      return row === undefined ? null : keyOf(row);
    },
    list: async () => all.all().map(keyOf),
    revoke: async (id, at) => Number(revoke.run(at, id).changes) > 0,
    async used(id, at) {
      used.run(at, id);
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

const keyOf = (row: Readonly<Record<string, SQLOutputValue>>): AccessKey => ({
  id: String(row['id']),
  member: String(row['member']),
  role: row['role'] as Role, // only `add` writes here
  team: row['team'] as Team, // likewise
  hash: String(row['hash']),
  createdAt: Number(row['created_at']),
  lastUsedAt: momentOf(row['last_used_at']),
  revokedAt: momentOf(row['revoked_at']),
});

const momentOf = (value: SQLOutputValue | undefined): number | null => (value == null ? null : Number(value));

const SCHEMA = `
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS access_keys (id TEXT PRIMARY KEY, member TEXT NOT NULL, role TEXT NOT NULL, team TEXT NOT NULL, hash TEXT NOT NULL,
  created_at INTEGER NOT NULL, last_used_at INTEGER, revoked_at INTEGER) WITHOUT ROWID, STRICT;`;
