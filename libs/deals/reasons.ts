import { BUILT_IN, givenCodes, takesCode } from '#codelists/code-list.js';
import { malformed } from '#kernel/errors.js';
import type { CodeList } from '#codelists/events/code-list-events.js';

/** Version 1 of the list *close*: why a deal was lost. From version 2 on the list holds for deals won as well. */
export const LOSS_REASONS = BUILT_IN.close;

/** Throws `DEAL.REASON_REQUIRED`, `DEAL.UNKNOWN_REASON` and, for `other` without words, `DEAL.NOTE_REQUIRED` (all 400). */
export function lossReason(list: CodeList, reason: string | null, note: string | null): string {
  if (reason === null)
    throw fault('DEAL.REASON_REQUIRED', '/reason', `a lost deal needs a reason: ${givenCodes(list)}`);
  return listedReason(list, reason, note, 'lose');
}

/** A deal won may say why once the list is meant for it; throws `DEAL.REASON_ONLY_WHEN_LOST`, `DEAL.UNKNOWN_REASON`, `DEAL.NOTE_REQUIRED` (400). */
export function winReason(list: CodeList, reason: string | null, note: string | null): string | null {
  if (reason === null) return null;
  if (list.version < 2) {
    const detail = 'only a lost deal has a reason, until version 2 of the list close says why deals are won';
    throw fault('DEAL.REASON_ONLY_WHEN_LOST', '/reason', detail);
  }
  return listedReason(list, reason, note, 'win');
}

function listedReason(list: CodeList, reason: string, note: string | null, what: 'lose' | 'win'): string {
  if (!takesCode(list, reason)) {
    const detail = `"${reason}" is not a reason to ${what} a deal; known are ${givenCodes(list)}`;
    throw fault('DEAL.UNKNOWN_REASON', '/reason', detail);
  }
  if (reason === 'other' && (note === null || note.trim() === '')) {
    throw fault('DEAL.NOTE_REQUIRED', '/note', 'the reason "other" needs a note that says which');
  }
  return reason;
}

const fault = (code: string, pointer: string, detail: string): Error =>
  malformed(code, detail, [{ pointer, code, detail }]);
