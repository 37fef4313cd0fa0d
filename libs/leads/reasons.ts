import { BUILT_IN, givenCodes, takesCode } from '#codelists/code-list.js';
import { malformed } from '#kernel/errors.js';
import type { CodeList } from '#codelists/events/code-list-events.js';

export type ReasonList = 'reject' | 'recycle' | 'disqualify';

/** Version 1 of the reason codes, one list an exit; what holds now is the list that the ledger has. */
export const REASONS: Readonly<Record<ReasonList, readonly string[]>> = BUILT_IN;

/** The one recycling reason that marketing may give. */
export const NOT_WORKED_IN_TIME = 'not-worked-in-time';

/** Throws `LEAD.UNKNOWN_REASON` or, for `other` without words, `LEAD.NOTE_REQUIRED` (400), each with the body's pointer. */
export function assertReason(list: CodeList, reason: string, note: string | null): void {
  if (!takesCode(list, reason)) {
    const detail = `"${reason}" is not a reason to ${list.name}; known are ${givenCodes(list)}`;
    throw malformed('LEAD.UNKNOWN_REASON', detail, [{ pointer: '/reason', code: 'LEAD.UNKNOWN_REASON', detail }]);
  }
  if (reason === 'other' && (note === null || note.trim() === '')) {
    const detail = 'the reason "other" needs a note that says which';
    throw malformed('LEAD.NOTE_REQUIRED', detail, [{ pointer: '/note', code: 'LEAD.NOTE_REQUIRED', detail }]);
  }
}
