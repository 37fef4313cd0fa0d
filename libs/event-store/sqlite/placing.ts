import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NewEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { writeUuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { idTaken, SETTINGS_TYPE, wrongRevision } from '../appendable.js';
import type { Appended, ExpectedRevision } from '../event-store.js';
import { laneSlot } from '../lane.js';
import { messageOf } from './connection.js';
import { writeNames } from './dictionary.js';
import { newTail } from './tail.js';

export interface Append {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  /** `data` of each event as JSON text. */
  readonly payloads: readonly string[];
  readonly expected: ExpectedRevision;
}

/** `stamp`: the store's moment of it. */
export interface Placed extends Appended {
  readonly stamp: Instant;
}

/**
 * Puts appends into the open transaction of one connection, all that are given together or none. Throws a DomainError to refuse them before
 * anything of them is written.
 */
export interface Placer {
  begin(): void;
  /** Assumes that no event id is there yet; else SQLite's own constraint error leaves the transaction to be undone. */
  readonly place: (appends: readonly Append[]) => readonly Placed[];
  /** Looks every id up first, and keeps whatever goes wrong to these appends. */
  readonly placeCarefully: (appends: readonly Append[]) => readonly Placed[];
  /** Where an append lies in the ledger, null when it is not there. */
  readonly find: (append: Append) => Placed | null;
  /** After a rollback. */
  undo(): void;
}

type EventPlace = [stream: number, revision: number, position: number, stamp: number];

interface Head {
  readonly id: number;
  revision: number;
}

/** Streams whose last revision is remembered; emptied beyond. */
const REMEMBERED = 50_000;

/** `continues`: moments go on being brought along behind those that are there. */
export function newPlacer(db: DatabaseSync, clock: () => Instant, continues = false): Placer {
  const arrays = (sql: string): StatementSync => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  const version = arrays('PRAGMA data_version');
  const headOfStream = arrays(
    'SELECT id, (SELECT max(revision) FROM events WHERE stream = streams.id) FROM streams WHERE name = ?',
  );
  const addStream = db.prepare('INSERT INTO streams (name, lead) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const byEventId = arrays('SELECT stream, revision, position, recorded_at FROM events WHERE event_id = ?');
  const insert =
    db.prepare(`INSERT INTO events (type, slot, stream, revision, event_id, schema_version, lead, pass, occurred_at, recorded_at,
    known_at, actor, command, digest, correlation, causation, meta, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const names = writeNames(db);
  const tail = newTail(db, clock, continues);
  const heads = new Map<string, Head>();
  const eventIdBytes = new Uint8Array(16);
  const leadBytes = new Uint8Array(16);
  const commandBytes = new Uint8Array(16);
  let seen = -1;
  let broughtBefore = tail.save();

  function headOf(stream: string): Head | null {
    const known = heads.get(stream);
    if (known !== undefined) return known;
    const row = headOfStream.get(stream) as unknown as [number, number] | undefined;
    return row === undefined ? null : remember(stream, { id: row[0], revision: row[1] });
  }

  function remember(stream: string, head: Head): Head {
    if (heads.size >= REMEMBERED) heads.clear();
    heads.set(stream, head);
    return head;
  }

  /** The stream of a first event. null: it is there already. */
  function newStream({ stream, events }: Append): Head | null {
    const lead = events[0]?.leadId ?? null;
    // A stream that is named after the lead is the lead's own and needs no way back.
    const own = lead === null || stream.endsWith(lead);
    const added = addStream.run(stream, own ? null : writeUuid(lead, leadBytes));
    return added.changes === 0 ? null : remember(stream, { id: Number(added.lastInsertRowid), revision: -1 });
  }

  function place(appends: readonly Append[]): readonly Placed[] {
    const [only] = appends;
    if (only !== undefined && appends.length === 1) return [placeOne(only)];
    // Moments that are brought along depend on the append before: none of these can be judged beforehand.
    if (appends.some(({ events }) => events.some(({ recordedAt }) => recordedAt !== undefined)))
      return placeCarefully(appends);
    // All are judged before the first is written.
    for (const append of appends) judge(append);
    return appends.map(placeOne);
  }

  function judge(append: Append): void {
    const head = headOf(append.stream);
    if (!asExpected(append.expected, head))
      alreadyThere(append, wrongRevision(append.stream, append.expected, head?.revision ?? null));
  }

  function placeOne(append: Append): Placed {
    const { stream, events, expected } = append;
    const notAllowed = tail.refusalOf(events);
    if (notAllowed !== null) return alreadyThere(append, notAllowed);
    let head: Head | null;
    if (expected === 'no-stream' && !heads.has(stream)) {
      head = newStream(append);
      if (head !== null) return insertAll(append, head);
      head = headOf(stream);
    } else {
      head = headOf(stream);
    }
    if (!asExpected(expected, head))
      return alreadyThere(append, wrongRevision(stream, expected, head?.revision ?? null));
    return insertAll(append, head ?? newStream(append));
  }

  /** Repeating what is there is fine whatever else speaks against the append. */
  function alreadyThere(append: Append, refusal: DomainError): Placed {
    const there = find(append);
    if (there === null) throw refusal;
    return there;
  }

  function insertAll({ stream, events, payloads }: Append, head: Head | null): Placed {
    if (head === null) throw new Error(`the stream ${stream} came and went within one transaction`);
    let position = 0;
    const stamp = tail.stamp();
    for (let index = 0; index < events.length; index++) {
      const event = events[index];
      if (event === undefined) break;
      const known = event.recordedAt ?? null;
      const added = insert.run(
        names.type(event.type),
        laneSlot(event.leadId, stream),
        head.id,
        head.revision + 1,
        writeUuid(event.eventId, eventIdBytes),
        event.schemaVersion,
        event.leadId === null ? null : writeUuid(event.leadId, leadBytes),
        event.pass,
        event.occurredAt,
        stamp,
        known,
        names.actor(event.actor),
        writeUuid(event.commandId, commandBytes),
        event.commandDigest,
        event.correlationId,
        event.causationId,
        event.meta === undefined ? null : JSON.stringify(event.meta),
        payloads[index] ?? 'null',
      );
      head.revision++;
      position = Number(added.lastInsertRowid);
      if (event.type !== SETTINGS_TYPE) tail.moved(position, stamp, known);
    }
    return { revision: head.revision, position: positionOf(position), repeated: false, stamp };
  }

  function placeCarefully(appends: readonly Append[]): readonly Placed[] {
    const there = appends.map(find);
    const brought = tail.save();
    db.exec('SAVEPOINT one');
    try {
      const appended = appends.map((append, index) => there[index] ?? placeOne(append));
      db.exec('RELEASE one');
      return appended;
    } catch (error) {
      if (!db.isTransaction) throw error;
      db.exec('ROLLBACK TO one; RELEASE one');
      forget(brought);
      if (error instanceof DomainError) throw error;
      throw new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', messageOf(error));
    }
  }

  /** The same ids at consecutive revisions of the same stream: it is there. Some of them, or elsewhere: refused. */
  function find({ stream, events }: Append): Placed | null {
    const places = events.map(
      (event) => byEventId.get(writeUuid(event.eventId, eventIdBytes)) as unknown as EventPlace | undefined,
    );
    if (places.every((place) => place === undefined)) return null;
    const id = headOf(stream)?.id;
    const first = places[0];
    const last = places.at(-1);
    const here = places.every((place, index) => place?.[0] === id && place?.[1] === (first?.[1] ?? 0) + index);
    if (!here || last === undefined) throw idTaken(stream);
    return { revision: last[1], position: positionOf(last[2]), repeated: true, stamp: last[3] };
  }

  /** A rollback may have taken back anything that we remember. */
  function forget(brought: ReturnType<typeof tail.save>): void {
    heads.clear();
    names.forget();
    tail.restore(brought);
  }

  return {
    begin() {
      // Nobody else has committed since we last looked: what we remember of heads and of the tail still holds.
      const now = (version.get() as unknown as [number])[0];
      if (now !== seen) {
        seen = now;
        heads.clear();
        tail.forget();
      }
      tail.begin();
      broughtBefore = tail.save();
    },
    place,
    placeCarefully,
    find,
    undo: () => forget(broughtBefore),
  };
}

const asExpected = (expected: ExpectedRevision, head: Head | null): boolean =>
  expected === 'any' ||
  (expected === 'no-stream' ? head === null : expected === 'exists' ? head !== null : head?.revision === expected);
