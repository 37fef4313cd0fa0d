import { randomBytes, randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** Bare `node:sqlite`: what an event costs at the least, as durable as the ledger and with the same keys. */
export interface BareInserts {
  /** Commits `count` events, `grouping` a transaction, the first `streams` of which each begin a stream and the others go on with one. */
  insert(count: number, grouping: number, streams: number): void;
  close(): void;
}

/** `key`: streams by their name, as a store is asked for them, or by numbers that somebody else has looked up. */
export function openBareInserts(file: string, payload: string, key: 'name' | 'number' = 'name'): BareInserts {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, stream ${key === 'name' ? 'TEXT' : 'INTEGER'} NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL,
      event_id BLOB NOT NULL UNIQUE, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, data TEXT NOT NULL, UNIQUE (stream, revision))`);
  const insert = db.prepare(
    'INSERT INTO events (stream, revision, type, event_id, occurred_at, recorded_at, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  let number = 0;
  return {
    insert(count, grouping, streams) {
      const names = Array.from({ length: streams }, () => (key === 'name' ? `lead-${randomUUID()}` : number++));
      for (let done = 0; done < count; done += grouping) {
        db.exec('BEGIN IMMEDIATE');
        for (let row = done; row < Math.min(count, done + grouping); row++) {
          const now = Date.now();
          const name = names[row % streams] ?? '';
          insert.run(name, Math.floor(row / streams), 'lead.touched', randomBytes(16), now, now, payload);
        }
        db.exec('COMMIT');
      }
    },
    close: () => db.close(),
  };
}
