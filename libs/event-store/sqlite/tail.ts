import type { DatabaseSync } from 'node:sqlite';
import type { NewEvent } from '#kernel/envelope.js';
import type { DomainError } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';
import { historyNotAllowed, SETTINGS_TYPE } from '../appendable.js';
import { HISTORY_MARK, SETTINGS_TYPE_ID } from './connection.js';

/** The last event that is not the settings': the moments of the next one depend on it. Valid within one transaction. */
export interface Tail {
  begin(): void;
  /** max(clock, last stamp): never falls while positions grow. */
  stamp(): Instant;
  /** Why moments may not be brought along (`EVENT_STORE.HISTORY_NOT_ALLOWED`); null: they may, or there are none. */
  refusalOf(events: readonly NewEvent[]): DomainError | null;
  moved(position: number, stamp: Instant, known: Instant | null): void;
  /** The last event has to be read afresh. */
  forget(): void;
  /** What `restore` needs after a rollback to here. */
  save(): Saved;
  restore(saved: Saved): void;
}

/** Position of the last event whose moment this connection brought along. */
type Saved = number | null;

interface Last {
  readonly position: number;
  readonly stamp: Instant;
  readonly known: Instant;
}

/**
 * Moments may be brought along into a ledger without events, and further on by the same connection as long as nothing else was
 * appended: the first append without a moment, or of another process, ends it for ever. `continues`: what is there
 * was brought along too (a copy that was interrupted).
 */
export function newTail(db: DatabaseSync, clock: () => Instant, continues: boolean): Tail {
  const lastEvent =
    db.prepare(`SELECT position, recorded_at AS stamp, coalesce(known_at, recorded_at) AS known FROM events
    WHERE type <> ${SETTINGS_TYPE_ID} ORDER BY position DESC LIMIT 1`);
  const mark = db.prepare(`INSERT OR IGNORE INTO ledger (name, value) VALUES ('${HISTORY_MARK}', ?)`);
  let last: Last | null | undefined;
  let now: Instant = 0;
  let brought: Saved = null;
  let isFirst = true;

  function current(): Last | null {
    if (last === undefined) {
      const row = lastEvent.get();
      last =
        row === undefined
          ? null
          : { position: Number(row['position']), stamp: Number(row['stamp']), known: Number(row['known']) };
    }
    return last;
  }

  return {
    begin() {
      if (isFirst && continues) brought = current()?.position ?? null;
      isFirst = false;
      now = clock();
    },
    stamp: () => Math.max(now, current()?.stamp ?? now),
    refusalOf(events) {
      if (events.every((event) => event.recordedAt === undefined)) return null;
      const before = current();
      if (before !== null && before.position !== brought) {
        return historyNotAllowed('only an empty ledger takes moments along; this one holds events of its own');
      }
      let least = before?.known ?? -Infinity;
      for (const { type, recordedAt } of events) {
        if (type === SETTINGS_TYPE) continue;
        if (recordedAt === undefined)
          return historyNotAllowed('all events of an append bring their moment along, or none');
        if (recordedAt < least) return historyNotAllowed('moments that are brought along must not fall');
        if (recordedAt > now) return historyNotAllowed('a moment that is brought along lies in the future');
        least = recordedAt;
      }
      return null;
    },
    moved(position, stamp, known) {
      if (known !== null && brought === null) mark.run(String(now));
      brought = known === null ? null : position;
      last = { position, stamp, known: known ?? stamp };
    },
    forget() {
      last = undefined;
    },
    save: () => brought,
    restore(saved) {
      last = undefined;
      brought = saved;
    },
  };
}
