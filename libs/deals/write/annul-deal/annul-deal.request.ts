import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { type AnnulDeal } from './annul-deal.js';

export class AnnulDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalNote({ example: 'Opened under the wrong lead.' })
  reason?: string | null;
}

export const toAnnulDeal = (request: AnnulDealRequest): AnnulDeal => ({
  occurredAt: toInstant(request.occurredAt),
  reason: request.reason,
});
