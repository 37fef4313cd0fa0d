import { malformed } from '#kernel/errors.js';

/** Version 1 of the list *loss*: why a deal was lost. */
export const LOSS_REASONS = [
  'competitor',
  'no-decision',
  'price',
  'missing-feature',
  'timing',
  'champion-left',
  'duplicate',
  'other',
] as const;
export type LossReason = (typeof LOSS_REASONS)[number];

/** Throws `DEAL.REASON_REQUIRED`, `DEAL.UNKNOWN_REASON` and, for `other` without words, `DEAL.NOTE_REQUIRED` (all 400). */
export function lossReason(reason: string | null, note: string | null): LossReason {
  if (reason === null)
    throw fault('DEAL.REASON_REQUIRED', '/reason', `a lost deal needs a reason: ${LOSS_REASONS.join(', ')}`);
  const known = LOSS_REASONS.find((code) => code === reason);
  if (known === undefined) {
    throw fault(
      'DEAL.UNKNOWN_REASON',
      '/reason',
      `"${reason}" is not a reason to lose a deal; known are ${LOSS_REASONS.join(', ')}`,
    );
  }
  if (known === 'other' && (note === null || note.trim() === '')) {
    throw fault('DEAL.NOTE_REQUIRED', '/note', 'the reason "other" needs a note that says which');
  }
  return known;
}

const fault = (code: string, pointer: string, detail: string): Error =>
  malformed(code, detail, [{ pointer, code, detail }]);
