import type { DatabaseSync } from 'node:sqlite';
import { DomainError } from '#kernel/errors.js';
import type { Appended } from '../event-store.js';
import { messageOf, SQLITE, sqliteCode } from './connection.js';
import type { Append, Placed, Placer } from './placing.js';

/** How long appends wait for another process's write lock before they are refused. */
const LOCK_PATIENCE_MS = 15_000;
/** Events that one transaction takes at most (a single append may hold more): bounds how long a commit holds the thread. */
const GROUP_EVENTS = 2_000;

/** Appends that wait for their group, all of them or none, or (an empty list) somebody who only wants to have passed the write lock. */
interface Waiting {
  readonly appends: readonly Append[];
  readonly resolve: (placed: readonly Placed[]) => void;
  readonly reject: (error: unknown) => void;
  outcome: readonly Placed[];
  refusal: DomainError | null;
  /** Its group met an id that was there already: now each is judged on its own. */
  careful: boolean;
}

export interface GroupCommit<Connection> {
  /** All or none; answered after the commit that made them durable. */
  append(appends: readonly Append[]): Promise<readonly Appended[]>;
  /** Resolves when everything that held or awaited the write lock before has been committed. */
  passLock(): Promise<void>;
  /** The connection that writes, between two transactions; null while it is being renewed. */
  readonly connection: Connection | null;
  /** Writes what waits, then closes the connection. */
  close(): Promise<void>;
}

export interface WriteConnection {
  readonly db: DatabaseSync;
  readonly placer: Placer;
  /** Called for each append once it is durable, before its caller is answered. */
  readonly committed: (append: Append, placed: Placed) => void;
}

/**
 * Everything that waits goes into one transaction; each caller is answered after its COMMIT. One that is refused leaves the others in.
 * `reconnect` opens a fresh connection after a commit of which nobody knows whether it happened.
 */
export function newGroupCommit<Connection extends WriteConnection>(
  reconnect: () => Connection,
  committed: () => void,
): GroupCommit<Connection> {
  let connection: Connection | null = reconnect();
  let waiting: Waiting[] = [];
  let scheduled = false;
  let busySince: number | null = null;
  let closed = false;
  let idle: (() => void) | null = null;

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    // After the callbacks of this turn of the loop, so that whoever is ready joins the group.
    setImmediate(flush);
  };

  const enqueue = (appends: readonly Append[]): Promise<readonly Placed[]> =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(unavailable('the ledger is closed'));
        return;
      }
      waiting.push({ appends, resolve, reject, outcome: [], refusal: null, careful: false });
      schedule();
    });

  function flush(): void {
    scheduled = false;
    const group = takeGroup();
    try {
      connection ??= reconnect();
      connection.db.exec('BEGIN IMMEDIATE');
    } catch (error) {
      if (sqliteCode(error) === SQLITE.busy && waitedFor() < LOCK_PATIENCE_MS) {
        waiting = [...group, ...waiting];
        scheduled = true;
        setTimeout(flush, 1 + Math.random() * 4);
        return;
      }
      busySince = null;
      if (sqliteCode(error) !== SQLITE.busy) drop();
      settle(group, (each) => (each.refusal = failure(error)));
      return;
    }
    busySince = null;
    write(connection, group);
  }

  function write({ db, placer, committed: committedOne }: WriteConnection, group: readonly Waiting[]): void {
    try {
      placer.begin();
      for (const each of group) place(each, placer);
    } catch (error) {
      undo(db, placer);
      if (sqliteCode(error) === SQLITE.constraint && group.some((each) => !each.careful)) {
        for (const each of group) each.careful = true;
        waiting = [...group, ...waiting];
        schedule();
      } else {
        settle(group, (each) => (each.refusal ??= failure(error)));
      }
      return;
    }
    try {
      db.exec('COMMIT');
    } catch (error) {
      settle(group, lookUpAfter(error));
      return;
    }
    settle(group, ({ appends, outcome }) => {
      for (const [index, placed] of outcome.entries()) {
        const append = appends[index];
        if (append !== undefined) committedOne(append, placed);
      }
    });
    committed();
  }

  /** COMMIT itself failed: whether it happened is read from the disk, over a fresh connection. */
  function lookUpAfter(error: unknown): (each: Waiting) => void {
    drop();
    try {
      connection = reconnect();
    } catch {
      return (each) => (each.refusal = failure(error));
    }
    const { placer } = connection;
    return (each) => {
      if (each.refusal !== null) return;
      try {
        each.outcome = each.appends.map(placer.find).filter((placed) => placed !== null);
      } catch {
        // Then nobody knows, and a repetition finds out.
        each.outcome = [];
      }
      if (each.outcome.length < each.appends.length) each.refusal = failure(error);
    };
  }

  function takeGroup(): Waiting[] {
    let events = 0;
    let size = 0;
    for (const each of waiting) {
      for (const append of each.appends) events += append.events.length;
      if (size > 0 && events > GROUP_EVENTS) break;
      size++;
    }
    const group = size === waiting.length ? waiting : waiting.slice(0, size);
    waiting = size === waiting.length ? [] : waiting.slice(size);
    return group;
  }

  function settle(group: readonly Waiting[], last?: (each: Waiting) => unknown): void {
    for (const each of group) {
      last?.(each);
      if (each.refusal !== null) each.reject(each.refusal);
      else each.resolve(each.outcome);
    }
    if (waiting.length > 0) schedule();
    else idle?.();
  }

  function undo(db: DatabaseSync, placer: Placer): void {
    try {
      // A full disk may have rolled back already.
      if (db.isTransaction) db.exec('ROLLBACK');
      placer.undo();
    } catch {
      drop();
    }
  }

  function drop(): void {
    try {
      connection?.db.close();
    } catch {
      // It is being given up because it is broken.
    }
    connection = null;
  }

  function waitedFor(): number {
    busySince ??= performance.now();
    return performance.now() - busySince;
  }

  return {
    get connection() {
      return connection;
    },
    async append(appends) {
      const placed = await enqueue(appends);
      return placed.map(({ revision, position, repeated }) => ({ revision, position, repeated }));
    },
    async passLock() {
      await enqueue([]);
    },
    async close() {
      closed = true;
      if (waiting.length > 0 || scheduled) await new Promise<void>((resolve) => (idle = resolve));
      drop();
    },
  };
}

function place(each: Waiting, placer: Placer): void {
  each.outcome = [];
  each.refusal = null;
  if (each.appends.length === 0) return;
  try {
    each.outcome = each.careful ? placer.placeCarefully(each.appends) : placer.place(each.appends);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    each.refusal = error;
  }
}

function failure(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (sqliteCode(error) === SQLITE.full) {
    return new DomainError('unavailable', 'EVENT_STORE.FULL', 'the disk of the ledger is full; nothing was written');
  }
  return unavailable(messageOf(error));
}

const unavailable = (detail: string): DomainError => new DomainError('unavailable', 'EVENT_STORE.UNAVAILABLE', detail);
