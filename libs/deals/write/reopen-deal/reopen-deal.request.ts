import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { type ReopenDeal } from './reopen-deal.js';

export class ReopenDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalNote({ example: 'Closed by mistake.' })
  reason?: string | null;
}

export const toReopenDeal = (request: ReopenDealRequest): ReopenDeal => ({
  occurredAt: toInstant(request.occurredAt),
  reason: request.reason,
});
