import { isDeepStrictEqual } from 'node:util';
import { malformed } from '#kernel/errors.js';
import { occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent, LeadReviewedData } from '../../events/lead-events.js';
import type { LeadState } from '../../lead.js';

export interface ReviewLeadInput extends Dated, LeadReviewedData {}

/** What one person thinks of the lead, at intake or of how it ended; their later review of a phase replaces the earlier one. */
export function reviewLead(asked: Asked<ReviewLeadInput>, lead: LeadState): LeadEvent[] {
  const { phase, quality, needs, challenges, helped, wentWrong, note } = asked.input;
  const occurredAt = occurredAtOf(asked);
  if (quality !== null && !(Number.isInteger(quality) && quality >= 1 && quality <= 5)) {
    throw malformed('LEAD.BAD_QUALITY', 'quality is a whole number from 1 to 5');
  }
  const data: LeadReviewedData = { phase, quality, needs, challenges, helped, wentWrong, note };
  const last = lead.reviews.findLast(({ by, review }) => by === asked.actor.id && review.phase === phase);
  if (last !== undefined && isDeepStrictEqual(last.review, data)) return [];
  return [{ type: 'lead.reviewed', leadId: asked.leadId, pass: lead.pass, occurredAt, data }];
}
