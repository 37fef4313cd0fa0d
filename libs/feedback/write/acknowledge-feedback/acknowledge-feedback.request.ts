import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import type { AcknowledgeFeedback } from './acknowledge-feedback.js';

export class AcknowledgeFeedbackRequest {
  @OccurredAt()
  occurredAt?: string | null;
}

export const acknowledgeFeedbackInputOf = (request: AcknowledgeFeedbackRequest): AcknowledgeFeedback => ({
  occurredAt: toInstant(request.occurredAt),
});
