import type { NewEvent } from '#kernel/envelope.js';
import { DomainError, malformed } from '#kernel/errors.js';
import { isUuid } from '#kernel/ids.js';

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
