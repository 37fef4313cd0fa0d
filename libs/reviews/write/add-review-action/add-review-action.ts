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

export interface AddReviewAction extends Dated {
  /** Made by the edge from the command's id. */
  readonly actionId: string;
  readonly text: string;
  /** Handle of the member who does it. */
  readonly owner: string;
  /** A day. */
  readonly due: string;
}

/** AddReviewAction: who does what by when. Throws `REVIEW.*`. */
export function addReviewAction(asked: Asked<AddReviewAction>, review: ReviewState): ReviewEvent[] {
  openedOf(review);
  assertTakesPart(asked.actor);
  const { actionId, text, owner, due } = asked.input;
  const occurredAt = occurredAtOf(asked);
  const known = review.actions.find((action) => action.actionId === actionId);
  if (known !== undefined) {
    if (known.text === text && known.owner === owner && known.due === due) return [];
    throw refused('REVIEW.MEANS_SOMETHING_ELSE', 'this action was added before, otherwise than asked now');
  }
  assertOpen(review);
  return [reviewEvent('review.action-added', occurredAt, { actionId, text, owner, due })];
}
