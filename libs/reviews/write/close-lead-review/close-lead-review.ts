import { assertSales, occurredAtOf, openedOf, reviewEvent, type Asked, type Dated } from '../../asked.js';
import type { QueueItem, ReviewEvent } from '../../events/review-events.js';
import type { ReviewState } from '../../review.js';

export type CloseLeadReview = Dated;

/** CloseLeadReview: lists what nobody of sales reviewed; actions stay open. Throws `REVIEW.NOT_FOUND`, `REVIEW.WRONG_TEAM`. */
export function closeLeadReview(
  asked: Asked<CloseLeadReview>,
  review: ReviewState,
  notReviewed: readonly QueueItem[],
): ReviewEvent[] {
  openedOf(review);
  assertSales(asked.actor);
  const occurredAt = occurredAtOf(asked);
  return review.closed ? [] : [reviewEvent('review.closed', occurredAt, { notReviewed })];
}
