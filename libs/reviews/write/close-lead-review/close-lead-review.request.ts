import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import type { CloseLeadReview } from './close-lead-review.js';

export class CloseLeadReviewRequest {
  @OccurredAt()
  occurredAt?: string | null;
}

export const closeLeadReviewInputOf = (request: CloseLeadReviewRequest): CloseLeadReview => ({
  occurredAt: toInstant(request.occurredAt),
});
