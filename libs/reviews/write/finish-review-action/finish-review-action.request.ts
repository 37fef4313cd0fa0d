import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import type { FinishReviewAction } from './finish-review-action.js';

export class FinishReviewActionRequest {
  @OptionalNote({ example: 'Sent with the March invitation.' })
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

/** The action is named by the path. */
export const finishReviewActionInputOf = (
  request: FinishReviewActionRequest,
): Omit<FinishReviewAction, 'actionId'> => ({
  note: request.note ?? null,
  occurredAt: toInstant(request.occurredAt),
});
