import { DomainError, refused } from '#kernel/errors.js';
import { assertTakesPart, occurredAtOf, openedOf, reviewEvent, type Asked, type Dated } from '../../asked.js';
import type { ReviewEvent } from '../../events/review-events.js';
import type { ReviewState } from '../../review.js';

export interface FinishReviewAction extends Dated {
  readonly actionId: string;
  readonly note: string | null;
}

/** FinishReviewAction: it is done, also after the session was closed. Throws `REVIEW.*`, `REVIEW.NO_SUCH_ACTION` (404). */
export function finishReviewAction(asked: Asked<FinishReviewAction>, review: ReviewState): ReviewEvent[] {
  openedOf(review);
  assertTakesPart(asked.actor);
  const { actionId, note } = asked.input;
  const occurredAt = occurredAtOf(asked);
  const action = review.actions.find((known) => known.actionId === actionId);
  if (action === undefined) {
    throw new DomainError('not-found', 'REVIEW.NO_SUCH_ACTION', 'this lead review has no such action');
  }
  if (action.done !== undefined) {
    if (action.done.note === note) return [];
    throw refused('REVIEW.MEANS_SOMETHING_ELSE', 'the action was done before, in other words');
  }
  return [reviewEvent('review.action-done', occurredAt, { actionId, note })];
}
