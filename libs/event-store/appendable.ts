import type { NewEvent } from '#kernel/envelope.js';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import { isUuid } from '#kernel/ids.js';
import type { Original } from './event-store.js';

/** What every adapter refuses before it writes anything: `EVENT_STORE.EMPTY_APPEND`, `.BAD_ID`, `.BAD_MOMENT`, `.EVENT_ID_TAKEN`. */
export function assertAppendable(stream: string, events: readonly NewEvent[]): void {
  if (events.length === 0) throw malformed('EVENT_STORE.EMPTY_APPEND', `an append to ${stream} holds no event`);
  for (const event of events) {
    if (!isUuid(event.eventId) || !isUuid(event.commandId) || (event.leadId !== null && !isUuid(event.leadId))) {
      throw malformed('EVENT_STORE.BAD_ID', `eventId, commandId and leadId of ${event.type} must be UUIDs`);
    }
    if (!Number.isSafeInteger(event.occurredAt) || !Number.isSafeInteger(event.recordedAt ?? 0)) {
      throw malformed('EVENT_STORE.BAD_MOMENT', `the moments of ${event.type} must be whole milliseconds`);
    }
  }
  if (events.length > 1 && new Set(events.map(({ eventId }) => eventId)).size < events.length) {
    throw new DomainError('refused', 'EVENT_STORE.EVENT_ID_TAKEN', `an append to ${stream} holds an event id twice`);
  }
}

/** The event that positions of moments, the never-falling rule and "only into an empty ledger" look past. */
export const SETTINGS_TYPE = 'organisation.configured';

/** `EVENT_STORE.WRONG_REVISION`; `actual` null: the stream does not exist. */
export function wrongRevision(stream: string, expected: string | number, actual: number | null): DomainError {
  const is = actual === null ? 'does not exist' : `is at revision ${actual}`;
  return new DomainError('stale', 'EVENT_STORE.WRONG_REVISION', `${stream} ${is}, expected ${expected}`, { actual });
}

export const idTaken = (stream: string): DomainError =>
  new DomainError('refused', 'EVENT_STORE.EVENT_ID_TAKEN', `an event id of this append to ${stream} lies elsewhere`);

export const historyNotAllowed = (detail: string): DomainError =>
  new DomainError('refused', 'EVENT_STORE.HISTORY_NOT_ALLOWED', detail);

/**
 * Why a ledger cannot be opened like this; null: it can. `copyOf` is for filling it: then it must be empty (`EVENT_STORE.NOT_EMPTY`) or
 * an unfinished copy of the same original (`EVENT_STORE.COPY_OF_ANOTHER`). A ledger that is not whole yet is for nothing else
 * (`EVENT_STORE.UNFINISHED_COPY`).
 */
export function refusalOfCopy(
  found: { readonly original: string | null; readonly finished: boolean; readonly isEmpty: boolean },
  copyOf: Original | undefined,
): DomainError | null {
  const unfinished = found.original !== null && !found.finished;
  if (copyOf === undefined) {
    if (!unfinished) return null;
    return refused('EVENT_STORE.UNFINISHED_COPY', 'this ledger is a copy that is not whole; go on with concord copy');
  }
  if (unfinished) {
    if (found.original === copyOf.ledgerId) return null;
    return refused('EVENT_STORE.COPY_OF_ANOTHER', `this ledger is an unfinished copy of the ledger ${found.original}`);
  }
  if (found.isEmpty && found.original === null) return null;
  return refused('EVENT_STORE.NOT_EMPTY', 'only into an empty ledger can another one be copied');
}
