import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordedEvent } from '#kernel/envelope.js';
import { writeUuid, type Uuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import type { Page, ReadAllOptions, ReadOptions } from '../event-store.js';
import { SETTINGS_TYPE_ID } from './connection.js';
import { readNames } from './dictionary.js';
import {
  COMMAND_COLUMNS,
  RecordedRow,
  STREAM_ROW_COLUMNS,
  ROW_COLUMNS,
  uuidOfHex,
  type CommandRow,
  type Row,
  type RowSource,
  type StreamRow,
} from './recorded-row.js';

/** The questions of the port, each answered at once from one connection. Positions are plain integers in here. */
export interface Reader {
  head(): number;
  /** Changes whenever any other connection has committed. */
  version(): number;
  /** Looks at the positions in (after, to] and gives what the filter wants of them. */
  page(after: number, to: number, filter: Pick<ReadAllOptions, 'types' | 'lane'>): Page;
  /** The nearest event at or before a position that is not the settings'. */
  momentAt(position: number): { readonly position: number; readonly recordedAt: Instant } | null;
  firstMoment(): Instant | null;
  /** The store's own stamp of its last event; what the clock must not fall behind. */
  lastStamp(): Instant | null;
  streamsOfLead(lead: Uuid): string[];
  /** The command behind one event. */
  command(position: number): CommandRow;
}

/** Streams whose names are remembered; emptied beyond. */
const REMEMBERED = 50_000;

export function newReader(db: DatabaseSync): Reader {
  const names = readNames(db);
  const arrays = preparer(db);
  const head = arrays('SELECT max(position) FROM events');
  const version = arrays('PRAGMA data_version');
  const commandRows = arrays(`SELECT ${COMMAND_COLUMNS} FROM events e WHERE e.position BETWEEN ? AND ?`);
  const streamName = arrays('SELECT name FROM streams WHERE id = ?');
  const moment = `SELECT position, coalesce(known_at, recorded_at), recorded_at FROM events WHERE type <> ${SETTINGS_TYPE_ID}`;
  const momentAt = arrays(`${moment} AND position <= ? ORDER BY position DESC LIMIT 1`);
  const firstMoment = arrays(`${moment} ORDER BY position LIMIT 1`);
  const ofLead = arrays('SELECT name FROM streams WHERE lead = ? ORDER BY id');
  const scan = `SELECT ${ROW_COLUMNS} FROM events e WHERE e.position > ? AND e.position <= ?`;
  const ofTypes = 'e.type IN (SELECT id FROM types WHERE name IN (SELECT value FROM json_each(?)))';
  const scans = {
    all: arrays(`${scan} ORDER BY e.position`),
    types: arrays(`${scan} AND ${ofTypes} ORDER BY e.position`),
    lane: arrays(`${scan} AND e.slot % ? = ? ORDER BY e.position`),
    both: arrays(`${scan} AND e.slot % ? = ? AND ${ofTypes} ORDER BY e.position`),
  };

  const leadId = leadIds();
  const streams = new Map<number, string>();
  const nameOfStream = (id: number): string => {
    let name = streams.get(id);
    if (name === undefined) {
      name = String(one(streamName.get(id)));
      if (streams.size >= REMEMBERED) streams.clear();
      streams.set(id, name);
    }
    return name;
  };

  /** The commands behind a page are fetched at once when the first of them is asked for. */
  const pageSource = (after: number, to: number): RowSource => {
    let loaded: Map<number, CommandRow> | null = null;
    return {
      names,
      streamName: nameOfStream,
      leadId,
      command(position) {
        loaded ??= new Map((commandRows.all(after + 1, to) as unknown as CommandRow[]).map((row) => [row[0], row]));
        return found(loaded.get(position));
      },
    };
  };

  return {
    head: () => Number(one(head.get()) ?? 0),
    version: () => Number(one(version.get())),
    page(after, to, { types, lane }) {
      const range = [after, to] as const;
      const share = lane === undefined ? ([] as const) : ([lane.of, lane.index] as const);
      const wanted = types === undefined ? ([] as const) : ([JSON.stringify(types)] as const);
      const sql = lane === undefined ? (types === undefined ? 'all' : 'types') : types === undefined ? 'lane' : 'both';
      const rows = scans[sql].all(...range, ...share, ...wanted) as unknown as Row[];
      const source = pageSource(after, to);
      return { events: rows.map((row) => new RecordedRow(row, source)), to: positionOf(to) };
    },
    momentAt(position) {
      const row = momentAt.get(position) as unknown as MomentRow | undefined;
      return row === undefined ? null : { position: row[0], recordedAt: row[1] };
    },
    command: (position) => found(commandRows.get(position, position) as unknown as CommandRow | undefined),
    firstMoment: () => (firstMoment.get() as unknown as MomentRow | undefined)?.[1] ?? null,
    lastStamp: () => (momentAt.get(Number.MAX_SAFE_INTEGER) as unknown as MomentRow | undefined)?.[2] ?? null,
    streamsOfLead: (lead) =>
      (ofLead.all(writeUuid(lead, new Uint8Array(16))) as unknown as [string][]).map(([name]) => name),
  };
}

/** A stream's events with a revision before `to`, in order. (A `LIMIT ?` would make SQLite prepare the statement again on every call.) */
export interface StreamReader {
  read(name: string, options: ReadOptions, to: number): RecordedEvent[];
  /** Changes whenever any other connection has committed; the same within a turn of the event loop. */
  version(): number;
}

/**
 * For the connection that writes: its own commits leave its page cache warm, while every commit empties that of all others. (Decisions
 * read over another connection were measured at half the speed.)
 */
export function newStreamReader(db: DatabaseSync, command: RowSource['command']): StreamReader {
  const names = readNames(db);
  const arrays = preparer(db);
  const version = arrays('PRAGMA data_version');
  const rowsOf = arrays(`SELECT ${STREAM_ROW_COLUMNS} FROM events e
    WHERE e.stream = (SELECT id FROM streams WHERE name = ?) AND e.revision >= ? AND e.revision < ? AND e.position <= ?
    ORDER BY e.revision`);

  const read = (name: string, { from = 0, upTo }: ReadOptions, to: number): RecordedEvent[] => {
    const rows = rowsOf.all(name, from, to, upTo ?? Number.MAX_SAFE_INTEGER) as unknown as StreamRow[];
    if (rows.length === 0) return [];
    const source: RowSource = { names, streamName: () => name, leadId: uuidOfHex, command };
    return rows.map((row) => new RecordedRow(row, source));
  };
  // Within one turn of the event loop nothing can have come from outside that makes a difference: one look is enough for all.
  let seen: number | null = null;
  const lookAgain = (): void => {
    seen = null;
  };
  return {
    read,
    version() {
      if (seen === null) {
        seen = Number(one(version.get()));
        process.nextTick(lookAgain);
      }
      return seen;
    },
  };
}

/**
 * Every event of a lead gives the same text, made once: projections look leads up by it, many times an event, and a text that was looked up
 * before needs neither hashing nor comparing.
 */
function leadIds(): RowSource['leadId'] {
  const known = new Map<string, Uuid>();
  return (hex) => {
    let id = known.get(hex);
    if (id === undefined) {
      id = uuidOfHex(hex);
      if (known.size >= REMEMBERED) known.clear();
      known.set(hex, id);
    }
    return id;
  };
}

const preparer =
  (db: DatabaseSync) =>
  (sql: string): StatementSync => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };

// Rows come as arrays in the order of their SELECT; the casts above say which.
type MomentRow = [position: number, recordedAt: number, stamp: number];

const one = (row: unknown): unknown => (row as readonly unknown[] | undefined)?.[0];

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an event of a page has vanished from the ledger');
  return value;
}
