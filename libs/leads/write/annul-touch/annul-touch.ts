import { DomainError, refused } from '#kernel/errors.js';
import { occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent } from '../../events/lead-events.js';
import { findAnnulment, findTouch } from '../../lead-touches.js';
import type { LeadState } from '../../lead.js';

export interface AnnulTouchInput extends Dated {
  readonly touchId: string;
  readonly reason: string | null;
}

/** A touch that never was: it leaves every figure. Throws `LEAD.TOUCH_NOT_FOUND` (404). */
export function annulTouch(asked: Asked<AnnulTouchInput>, lead: LeadState): LeadEvent[] {
  const { touchId, reason } = asked.input;
  const occurredAt = occurredAtOf(asked);
  const touch = findTouch(lead.touches, touchId);
  if (touch === null) throw new DomainError('not-found', 'LEAD.TOUCH_NOT_FOUND', `the lead has no touch ${touchId}`);
  const annulment = findAnnulment(lead.annulledTouches, touchId);
  if (annulment !== null) {
    if (annulment.data.reason === reason) return [];
    throw refused('LEAD.MEANS_SOMETHING_ELSE', 'the touch was annulled already, for another reason');
  }
  return [
    { type: 'lead.touch-annulled', leadId: asked.leadId, pass: touch.pass, occurredAt, data: { touchId, reason } },
  ];
}
