import { refused } from '#kernel/errors.js';
import {
  assertOpen,
  assertTakesPart,
  occurredAtOf,
  openedOf,
  reviewEvent,
  type Asked,
  type Dated,
} from '../../asked.js';
import type { ReviewEvent } from '../../events/review-events.js';
import type { ReviewState } from '../../review.js';

export interface DecideInReview extends Dated {
  /** Made by the edge from the command's id. */
  readonly decisionId: string;
  readonly text: string;
}

/** DecideInReview: what both teams agreed on in a session. Throws `REVIEW.*`. */
export function decideInReview(asked: Asked<DecideInReview>, review: ReviewState): ReviewEvent[] {
  openedOf(review);
  assertTakesPart(asked.actor);
  const { decisionId, text } = asked.input;
  const occurredAt = occurredAtOf(asked);
  const known = review.decisions.find((decision) => decision.decisionId === decisionId);
  if (known !== undefined) {
    if (known.text === text) return [];
    throw refused('REVIEW.MEANS_SOMETHING_ELSE', 'this decision was recorded before, in other words');
  }
  assertOpen(review);
  return [reviewEvent('review.decided', occurredAt, { decisionId, text })];
}
