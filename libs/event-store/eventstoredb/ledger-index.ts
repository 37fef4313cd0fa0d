import { DatabaseSync } from 'node:sqlite';
import { rmSync } from 'node:fs';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { SETTINGS_TYPE } from '../appendable.js';
import { SQLITE, sqliteCode } from '../sqlite/connection.js';
import type { LogRecord } from './connection.js';

/** The stream that says which ledger a server holds; its events are no events of the ledger. */
export const CONTROL_STREAM = 'concord-ledger';
/** Whether and of what the ledger is a copy. */
export const COPY_STREAM = 'concord-copy';
export const OPENED_TYPE = 'ledger.opened';
export const MOMENT_TYPE = 'ledger.moment';

export const isControl = (stream: string): boolean => stream === CONTROL_STREAM || stream === COPY_STREAM;

export const isOwn = (record: LogRecord): boolean => record.envelope !== null && !isControl(record.stream);

/**
 * What the log itself does not answer: which moment lies where, and which streams a lead has. Follows the log record by record and
 * depends on it alone, so a file of it is disposable, and may be shared by processes.
 *
 * An event's recordedAt is the moment that it brought along, else the greatest stamp of the server up to it: a new leader's clock may
 * be behind, and recordedAt never falls while positions grow.
 */
export interface LedgerIndex {
  /** Position of the last record that was looked at, and of the last event of the ledger among them; 0 before the first. */
  readonly covered: number;
  readonly lastOwn: number;
  /** The greatest recordedAt; null while there is none. */
  readonly greatest: Instant | null;
  readonly first: Instant | null;
  /** The server's stamp of the last `ledger.moment`. */
  readonly markedMoment: Instant;
  /** What the log holds of the ledger's own: nothing but settings, events with moments that they brought along, or others. */
  readonly phase: Phase;
  /** Records that follow `covered` without a gap; those before are skipped. */
  absorb(records: readonly LogRecord[]): void;
  recordedAt(record: LogRecord): Instant;
  /** Position of the last event recorded at or before the moment; 0 before the first. */
  positionAt(moment: Instant): number;
  recordedAtOf(position: number): Instant | null;
  /** A place of an event at or before the position, with few events in between; null: the beginning. */
  placeBefore(position: number): number | null;
  streamsOfLead(lead: Uuid): string[];
  /** Forgets everything: it is of another log, or ahead of this one. */
  reset(): void;
  close(): void;
}

export type Phase = 'empty' | 'history' | 'own';

interface State {
  covered: number;
  lastOwn: number;
  greatest: Instant | null;
  first: Instant | null;
  markedMoment: Instant;
  phase: Phase;
}

/** Events whose stamp lies before the greatest one so far, in a row: all have that one's moment. */
interface Fall {
  readonly first: number;
  last: number;
  readonly at: Instant;
}

interface OpenMoment {
  readonly at: Instant;
  last: number;
}

const FORMAT = 1;
const EMPTY: State = { covered: 0, lastOwn: 0, greatest: null, first: null, markedMoment: 0, phase: 'empty' };

/** `file` undefined: kept in memory. A file that cannot be read, or of another ledger, is begun anew. */
export function openLedgerIndex(file: string | undefined, ledgerId: Uuid): LedgerIndex {
  const db = openDatabase(file ?? ':memory:', ledgerId);
  const load = db.prepare('SELECT state FROM progress');
  const save = db.prepare('UPDATE progress SET state = ?');
  const addMoment = db.prepare('INSERT INTO moments (at, first, last) VALUES (?, ?, ?)');
  const moveMoment = db.prepare('UPDATE moments SET last = ? WHERE at = ?');
  const addFall = db.prepare(
    'INSERT INTO falls (first, last, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last',
  );
  const addLead = db.prepare('INSERT OR IGNORE INTO streams (position, lead, name) VALUES (?, ?, ?)');
  const ofLead = db.prepare('SELECT name FROM streams WHERE lead = ? ORDER BY position');
  const momentAt = db.prepare('SELECT last FROM moments WHERE at <= ? ORDER BY at DESC LIMIT 1');
  const rowAt = db.prepare('SELECT at, first FROM moments WHERE first <= ? ORDER BY first DESC LIMIT 1');
  const lastRow = db.prepare('SELECT at FROM moments ORDER BY at DESC LIMIT 1');
  let state: State;
  let falls: Fall[] = [];
  let falling = false;
  let stored = '';
  reload();

  function reload(): void {
    stored = String(load.get()?.['state']);
    state = JSON.parse(stored) as State; // written by `absorb`
    falls = db
      .prepare('SELECT first, last, at FROM falls ORDER BY first')
      .all()
      .map((row) => ({ first: Number(row['first']), last: Number(row['last']), at: Number(row['at']) }));
    falling = falls.at(-1)?.last === state.lastOwn && state.lastOwn > 0;
  }

  function absorb(records: readonly LogRecord[]): void {
    if ((records.at(-1)?.position ?? 0) <= state.covered) return;
    db.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have gone on in the same file.
      if (String(load.get()?.['state']) !== stored) reload();
      let open: OpenMoment | null = null;
      for (const record of records) {
        if (record.position <= state.covered) continue;
        open = look(record, open);
        state.covered = record.position;
      }
      settle(open);
      stored = JSON.stringify(state);
      save.run(stored);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      reload();
      throw error;
    }
  }

  /** Gives the moment that the events are at, whose row has yet to be told its last one. */
  function look(record: LogRecord, open: OpenMoment | null): OpenMoment | null {
    const { stream, type, revision, position, stamp, envelope } = record;
    if (stream === CONTROL_STREAM && type === MOMENT_TYPE) {
      state.markedMoment = stamp;
      // In a ledger whose moments are brought along only those count.
      if (state.phase === 'own') state.greatest = Math.max(stamp, state.greatest ?? stamp);
    }
    if (envelope === null || isControl(stream)) return open;
    const { leadId, recordedAt } = envelope;
    if (revision === 0 && leadId !== null && !stream.endsWith(leadId)) addLead.run(position, leadId, stream);
    const moment = recordedAt ?? stamp;
    const at = Math.max(moment, state.greatest ?? moment);
    if (at > moment) noteFall(position, at);
    else falling = false;
    state.lastOwn = position;
    if (type === SETTINGS_TYPE) return open;
    state.first ??= at;
    state.greatest = at;
    state.phase = recordedAt !== undefined && state.phase !== 'own' ? 'history' : 'own';
    if (open?.at === at) {
      open.last = position;
      return open;
    }
    settle(open);
    if (Number(lastRow.get()?.['at'] ?? -1) !== at) addMoment.run(at, position, position);
    return { at, last: position };
  }

  function settle(open: OpenMoment | null): void {
    if (open !== null) moveMoment.run(open.last, open.at);
  }

  function noteFall(position: number, at: Instant): void {
    const before = falls.at(-1);
    if (falling && before?.at === at) before.last = position;
    else falls.push({ first: position, last: position, at });
    falling = true;
    const fall = falls.at(-1);
    if (fall !== undefined) addFall.run(fall.first, fall.last, fall.at);
  }

  return {
    get covered() {
      return state.covered;
    },
    get lastOwn() {
      return state.lastOwn;
    },
    get greatest() {
      return state.greatest;
    },
    get first() {
      return state.first;
    },
    get markedMoment() {
      return state.markedMoment;
    },
    get phase() {
      return state.phase;
    },
    absorb,
    recordedAt({ position, stamp, envelope }) {
      const moment = envelope?.recordedAt ?? stamp;
      if (falls.length === 0) return moment;
      const fall = falls.findLast(({ first }) => first <= position);
      return fall !== undefined && position <= fall.last ? fall.at : moment;
    },
    positionAt: (moment) => Number(momentAt.get(moment)?.['last'] ?? 0),
    recordedAtOf(position) {
      const at = rowAt.get(position)?.['at'];
      return at === undefined ? null : Number(at);
    },
    placeBefore(position) {
      if (position === state.lastOwn) return position === 0 ? null : position;
      const first = rowAt.get(position)?.['first'];
      return first === undefined ? null : Number(first);
    },
    streamsOfLead: (lead) => ofLead.all(lead).map((row) => String(row['name'])),
    reset() {
      db.exec('BEGIN IMMEDIATE; DELETE FROM moments; DELETE FROM falls; DELETE FROM streams');
      save.run(JSON.stringify(EMPTY));
      db.exec('COMMIT');
      reload();
    },
    close: () => db.close(),
  };
}

/** Nothing in here is worth a wait for the disk. */
const SCHEMA = `PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS progress (ledger TEXT NOT NULL, format INTEGER NOT NULL, state TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS moments (at INTEGER PRIMARY KEY, first INTEGER NOT NULL UNIQUE, last INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS falls (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS streams (position INTEGER PRIMARY KEY, lead TEXT NOT NULL, name TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS streams_by_lead ON streams (lead, position)`;

/** Processes that share the file often start at the same moment, and one of them makes it. */
const PATIENCE_MS = 10_000;

function openDatabase(file: string, ledgerId: Uuid): DatabaseSync {
  const attempt = (): DatabaseSync | null => {
    const db = new DatabaseSync(file, { timeout: PATIENCE_MS });
    try {
      db.exec(SCHEMA);
      db.exec('BEGIN IMMEDIATE');
      const known = db.prepare('SELECT ledger, format FROM progress').get();
      if (known === undefined)
        db.prepare('INSERT INTO progress VALUES (?, ?, ?)').run(ledgerId, FORMAT, JSON.stringify(EMPTY));
      db.exec('COMMIT');
      if (known === undefined || (known['ledger'] === ledgerId && known['format'] === FORMAT)) return db;
    } catch (error) {
      // Only a file that is none of ours, or broken, is begun anew: never one that others are at work on.
      if (sqliteCode(error) === SQLITE.busy) {
        db.close();
        throw new DomainError('unavailable', 'EVENT_STORE.INDEX_BUSY', `${file} is locked by another process`);
      }
    }
    db.close();
    return null;
  };
  const found = attempt();
  if (found !== null) return found;
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  const fresh = attempt();
  if (fresh === null) throw new Error(`no index can be kept in ${file}`);
  return fresh;
}
