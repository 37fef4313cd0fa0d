import { OccurredAt, OptionalDay, OptionalText, toInstant } from '#platform/http/request-values.js';
import type { AskedReview } from './open-lead-review.command.js';

export class OpenLeadReviewRequest {
  @OptionalText(20, { example: '2026-02', description: 'A period by name; or `from` and `to`.' })
  period?: string | null;

  @OptionalDay({ example: '2026-02-01' })
  from?: string | null;

  @OptionalDay({ example: '2026-02-28' })
  to?: string | null;

  @OptionalText(200, { example: 'darcel.schlecht', description: 'Only passes that this member was in charge of.' })
  owner?: string | null;

  @OptionalText(200, { example: 'enterprise' })
  segment?: string | null;

  @OptionalText(200, { example: 'webinar' })
  channel?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const openLeadReviewInputOf = (request: OpenLeadReviewRequest): AskedReview => ({
  period: request.period ?? null,
  from: request.from ?? null,
  to: request.to ?? null,
  owner: request.owner ?? null,
  segment: request.segment ?? null,
  channel: request.channel ?? null,
  occurredAt: toInstant(request.occurredAt),
});
