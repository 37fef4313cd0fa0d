import { DatabaseSync } from 'node:sqlite';

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position: the same for whatever was written over gRPC. */
  readonly position: number;
  /** Milliseconds; on the wire they are ticks of 100 ns. */
  readonly created: number;
}

/** A revision, or what the protocol says in its stead. */
export type Expected = number | 'no-stream' | 'any' | 'exists';

export type Written =
  | { readonly result: 'success'; readonly revision: number; readonly position: number | null }
  | { readonly result: 'wrong-version'; readonly current: number | null }
  | { readonly result: 'deleted' };

/** Positions are bytes of a log: they begin behind the server's own first records and are as far apart as the records are long. */
const FIRST_POSITION = 1_347;
const RECORD_OVERHEAD = 153;
/** The server's own events come in between. */
const STATISTICS_EVERY = 13;

/** Event ids that were seen lately, for appends of `any` and `exists`: in memory only, as with the real server. */
const REMEMBERED_IDS = 10_000;

/** The durable part of the double: one append-only table, and the server's rules of expected versions and idempotency. */
export interface Log {
  /** Runs all of them in one transaction; what is answered has reached the disk. */
  append(
    appends: readonly { readonly stream: string; readonly expected: Expected; readonly events: readonly Proposed[] }[],
  ): Written[];
  tombstone(stream: string, expected: Expected): Written;
  isDeleted(stream: string): boolean;
  lastRevision(stream: string): number | null;
  readStream(stream: string, from: number, limit: number, backwards: boolean): Recorded[];
  /** Forwards: from this position on, included; backwards: before it. */
  readAll(position: number, limit: number, backwards: boolean): Recorded[];
  /** Whether a record begins here. */
  isPosition(position: number): boolean;
  end(): number;
  close(): void;
}

export function openLog(file: string, now: () => number): Log {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY, size INTEGER, stream TEXT, revision INTEGER, id TEXT, type TEXT,
      content_type TEXT, created INTEGER, data BLOB, metadata BLOB);
    CREATE UNIQUE INDEX IF NOT EXISTS by_stream ON events (stream, revision);
    CREATE TABLE IF NOT EXISTS tombstones (stream TEXT PRIMARY KEY)`);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const last = db.prepare('SELECT position + size AS next FROM events ORDER BY position DESC LIMIT 1');
  const revision = db.prepare('SELECT max(revision) AS last FROM events WHERE stream = ?');
  const idsFrom = db.prepare(
    'SELECT id, position, revision FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
  );
  const forwards = db.prepare('SELECT * FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?');
  const backwards = db.prepare(
    'SELECT * FROM events WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?',
  );
  const allForwards = db.prepare('SELECT * FROM events WHERE position >= ? ORDER BY position LIMIT ?');
  const allBackwards = db.prepare('SELECT * FROM events WHERE position < ? ORDER BY position DESC LIMIT ?');
  const deleted = db.prepare('SELECT 1 FROM tombstones WHERE stream = ?');
  const recent = new Map<string, { readonly revision: number; readonly position: number }>();
  let next = Number(last.get()?.['next'] ?? FIRST_POSITION);
  let sinceStatistics = 0;

  const lastRevision = (stream: string): number | null => {
    const found = revision.get(stream)?.['last'] ?? null;
    return found === null ? null : Number(found);
  };

  function write(stream: string, at: number, event: Proposed): number {
    const position = next;
    const size = RECORD_OVERHEAD + stream.length + event.type.length + event.data.length + event.metadata.length;
    const created = Math.trunc(now());
    insert.run(
      position,
      size,
      stream,
      at,
      event.id,
      event.type,
      event.contentType,
      created,
      event.data,
      event.metadata,
    );
    next += size;
    if (recent.size >= REMEMBERED_IDS) recent.clear();
    recent.set(`${stream} ${event.id}`, { revision: at, position });
    return position;
  }

  /** Every so often the server writes an event of its own. */
  function statistics(): void {
    if (++sinceStatistics % STATISTICS_EVERY !== 1) return;
    const stream = '$stats-127.0.0.1:2113';
    const data = Buffer.from('{"proc-cpu":1}');
    const event = { id: crypto.randomUUID(), type: '$statsCollected', contentType: 'application/json', data };
    write(stream, (lastRevision(stream) ?? -1) + 1, { ...event, metadata: new Uint8Array() });
  }

  function appendOne(stream: string, expected: Expected, events: readonly Proposed[]): Written {
    if (deleted.get(stream) !== undefined) return { result: 'deleted' };
    const current = lastRevision(stream);
    const exact = typeof expected === 'number' ? expected : expected === 'no-stream' ? -1 : null;
    if (exact !== null && exact !== (current ?? -1)) {
      if (exact < (current ?? -1)) {
        const there = idsFrom.all(stream, exact + 1, events.length);
        const same = there.length === events.length && there.every((row, index) => row['id'] === events[index]?.id);
        const end = there.at(-1);
        if (same && end !== undefined)
          return { result: 'success', revision: Number(end['revision']), position: Number(end['position']) };
      }
      return { result: 'wrong-version', current };
    }
    if (exact === null) {
      const first = events[0];
      const seen = events.map((event) => recent.get(`${stream} ${event.id}`));
      if (first !== undefined && seen[0] !== undefined) {
        const end = seen.at(-1);
        if (end === undefined || seen.includes(undefined)) return { result: 'wrong-version', current };
        return { result: 'success', ...end };
      }
      if (expected === 'exists' && current === null) return { result: 'wrong-version', current };
    }
    let at = current ?? -1;
    let position: number | null = null;
    for (const event of events) position = write(stream, ++at, event);
    statistics();
    return { result: 'success', revision: at, position };
  }

  function transaction<T>(work: () => T): T {
    const before = next;
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      next = before;
      recent.clear();
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    append: (appends) => transaction(() => appends.map((one) => appendOne(one.stream, one.expected, one.events))),
    tombstone: (stream, expected) =>
      transaction(() => {
        const event = { id: crypto.randomUUID(), type: '$streamDeleted', contentType: 'application/octet-stream' };
        const written = appendOne(stream, expected, [{ ...event, data: new Uint8Array(), metadata: new Uint8Array() }]);
        if (written.result === 'success') db.prepare('INSERT INTO tombstones VALUES (?)').run(stream);
        return written;
      }),
    isDeleted: (stream) => deleted.get(stream) !== undefined,
    lastRevision,
    readStream: (stream, from, limit, back) => (back ? backwards : forwards).all(stream, from, limit).map(recorded),
    readAll: (position, limit, back) => (back ? allBackwards : allForwards).all(position, limit).map(recorded),
    isPosition: (position) => allForwards.get(position, 1)?.['position'] === position,
    end: () => next,
    close: () => db.close(),
  };
}

function recorded(row: Record<string, unknown>): Recorded {
  return {
    position: Number(row['position']),
    stream: String(row['stream']),
    revision: Number(row['revision']),
    id: String(row['id']),
    type: String(row['type']),
    contentType: String(row['content_type']),
    created: Number(row['created']),
    data: row['data'] as Uint8Array, // BLOB columns
    metadata: row['metadata'] as Uint8Array,
  };
}
