import { OccurredAt, OptionalNote, toInstant } from '#platform/http/request-values.js';
import { type AnnulPayment } from './annul-payment.js';

export class AnnulPaymentRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalNote({ example: 'Booked twice.' })
  reason?: string | null;
}

export const toAnnulPayment = (request: AnnulPaymentRequest): Omit<AnnulPayment, 'paymentId'> => ({
  occurredAt: toInstant(request.occurredAt),
  reason: request.reason,
});
