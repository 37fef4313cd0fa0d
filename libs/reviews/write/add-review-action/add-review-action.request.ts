import { Day, OccurredAt, Text, toInstant } from '#platform/http/request-values.js';
import type { AddReviewAction } from './add-review-action.js';

export class AddReviewActionRequest {
  @Text(4000, { example: 'Write the price into the invitation.', description: 'Stored encrypted.' })
  text!: string;

  @Text(200, { example: 'augusta', description: 'Handle of the member who does it.' })
  owner!: string;

  @Day({ example: '2026-03-15' })
  due!: string;

  @OccurredAt()
  occurredAt?: string | null;
}

/** The action's id is made from the command's. */
export const addReviewActionInputOf = (request: AddReviewActionRequest): Omit<AddReviewAction, 'actionId'> => ({
  text: request.text,
  owner: request.owner,
  due: request.due,
  occurredAt: toInstant(request.occurredAt),
});
