import { OccurredAt, Text, toInstant } from '#platform/http/request-values.js';
import type { DecideInReview } from './decide-in-review.js';

export class DecideInReviewRequest {
  @Text(4000, { example: 'Webinar invitations name the price.', description: 'Stored encrypted.' })
  text!: string;

  @OccurredAt()
  occurredAt?: string | null;
}

/** The decision's id is made from the command's. */
export const decideInReviewInputOf = (request: DecideInReviewRequest): Omit<DecideInReview, 'decisionId'> => ({
  text: request.text,
  occurredAt: toInstant(request.occurredAt),
});
