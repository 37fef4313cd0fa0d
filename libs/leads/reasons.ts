import { malformed } from '#kernel/errors.js';

/** Version 1 of the reason codes, one list an exit. `other` needs a note. */
export const REASONS = {
  reject: [
    'not-a-fit',
    'wrong-person',
    'no-need',
    'no-budget',
    'bad-timing',
    'unreachable',
    'incomplete-data',
    'duplicate',
    'invalid',
    'already-customer',
    'open-opportunity',
    'other',
  ],
  recycle: ['bad-timing', 'no-budget', 'no-response', 'deal-lost', 'not-worked-in-time', 'other'],
  disqualify: [
    'invalid',
    'duplicate',
    'competitor',
    'student-or-applicant',
    'out-of-market',
    'asked-not-to-be-contacted',
    'other',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReasonList = keyof typeof REASONS;

/** The one recycling reason that marketing may give. */
export const NOT_WORKED_IN_TIME = 'not-worked-in-time';

/** Throws `LEAD.UNKNOWN_REASON` or `LEAD.NOTE_REQUIRED` (400), each with the body's pointer. */
export function assertReason(list: ReasonList, reason: string, note: string | null): void {
  const codes: readonly string[] = REASONS[list];
  if (!codes.includes(reason)) {
    const detail = `"${reason}" is not a reason to ${list}; known are ${codes.join(', ')}`;
    throw malformed('LEAD.UNKNOWN_REASON', detail, [{ pointer: '/reason', code: 'LEAD.UNKNOWN_REASON', detail }]);
  }
  if (reason === 'other' && (note === null || note.trim() === '')) {
    const detail = 'the reason "other" needs a note that says which';
    throw malformed('LEAD.NOTE_REQUIRED', detail, [{ pointer: '/note', code: 'LEAD.NOTE_REQUIRED', detail }]);
  }
}
