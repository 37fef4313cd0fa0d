import { OccurredAt, Text, toInstant } from '#platform/http/request-values.js';
import type { AnswerFeedback } from './answer-feedback.js';

export class AnswerFeedbackRequest {
  @Text(4000, { example: 'We name the price in the invitation now.', description: 'Stored encrypted.' })
  text!: string;

  @OccurredAt()
  occurredAt?: string | null;
}

export const answerFeedbackInputOf = (request: AnswerFeedbackRequest): AnswerFeedback => ({
  text: request.text,
  occurredAt: toInstant(request.occurredAt),
});
