import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import type { ResolveFeedback } from './resolve-feedback.js';

export class ResolveFeedbackRequest {
  @OptionalNote({ example: 'Seen in the last two webinars.' })
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const resolveFeedbackInputOf = (request: ResolveFeedbackRequest): ResolveFeedback => ({
  note: request.note ?? null,
  occurredAt: toInstant(request.occurredAt),
});
