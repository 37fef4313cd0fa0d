import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { type AnnulRefund } from './annul-refund.js';

export class AnnulRefundRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalNote({ example: 'It was another payment.' })
  reason?: string | null;
}

export const toAnnulRefund = (request: AnnulRefundRequest): Omit<AnnulRefund, 'paymentId' | 'refundId'> => ({
  occurredAt: toInstant(request.occurredAt),
  reason: request.reason,
});
