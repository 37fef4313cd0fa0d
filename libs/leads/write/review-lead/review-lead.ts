import { isDeepStrictEqual } from 'node:util';
import { builtIn, givenCodes, takesCode } from '#codelists/code-list.js';
import { malformed } from '#kernel/errors.js';
import type { CodeList } from '#codelists/events/code-list-events.js';
import { occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent, LeadReviewedData } from '../../events/lead-events.js';
import type { LeadState } from '../../lead.js';

export interface ReviewLeadInput extends Dated, LeadReviewedData {
  /** The pass that is judged; left out: the present one. */
  readonly ofPass?: number;
}

/** Which list a field's codes are judged by. */
export const REVIEW_LISTS = [
  ['needs', 'needs'],
  ['challenges', 'challenges'],
  ['helped', 'helped'],
  ['wentWrong', 'went-wrong'],
] as const;
type ReviewListName = (typeof REVIEW_LISTS)[number][1];
export type ReviewLists = Readonly<Record<ReviewListName, CodeList>>;

/** Until somebody defines a list, any code is taken. */
const ANY_CODE: ReviewLists = {
  needs: builtIn('needs'),
  challenges: builtIn('challenges'),
  helped: builtIn('helped'),
  'went-wrong': builtIn('went-wrong'),
};

/** What one person thinks of the lead, at intake or of how it ended; their later review of a phase replaces the earlier one. Throws `LEAD.BAD_QUALITY`, `LEAD.NO_SUCH_PASS`, `LEAD.UNKNOWN_CODE` (400). */
export function reviewLead(asked: Asked<ReviewLeadInput>, lead: LeadState, lists: ReviewLists = ANY_CODE): LeadEvent[] {
  const { phase, quality, needs, challenges, helped, wentWrong, note } = asked.input;
  const occurredAt = occurredAtOf(asked);
  if (quality !== null && !(Number.isInteger(quality) && quality >= 1 && quality <= 5)) {
    throw malformed('LEAD.BAD_QUALITY', 'quality is a whole number from 1 to 5');
  }
  for (const [field, list] of REVIEW_LISTS) assertCodes(field, asked.input[field], lists[list]);
  const data: LeadReviewedData = { phase, quality, needs, challenges, helped, wentWrong, note };
  const pass = asked.input.ofPass ?? lead.pass;
  if (pass < 1 || pass > lead.pass) {
    throw malformed(
      'LEAD.NO_SUCH_PASS',
      `the lead has ${lead.pass} ${lead.pass === 1 ? 'pass' : 'passes'}, not ${pass}`,
    );
  }
  const last = lead.reviews.findLast(
    (known) => known.by === asked.actor.id && known.pass === pass && known.review.phase === phase,
  );
  if (last !== undefined && isDeepStrictEqual(last.review, data)) return [];
  return [{ type: 'lead.reviewed', leadId: asked.leadId, pass, occurredAt, data }];
}

function assertCodes(field: string, codes: readonly string[], list: CodeList): void {
  const index = codes.findIndex((code) => !takesCode(list, code));
  if (index < 0) return;
  const detail = `"${codes[index] ?? ''}" is not in the list ${list.name}; known are ${givenCodes(list)}`;
  throw malformed('LEAD.UNKNOWN_CODE', detail, [{ pointer: `/${field}/${index}`, code: 'LEAD.UNKNOWN_CODE', detail }]);
}
