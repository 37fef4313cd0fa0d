import {
  MoneyRequest,
  OccurredAt,
  OptionalChoice,
  OptionalUuid,
  toInstant,
  toMoney,
} from '#platform/http/request-values.js';
import { REFUND_KINDS, type RefundKind } from '../../events/deal-events.js';
import { AmountField, OptionalAmount, OptionalCode, optionalMoney } from '#platform/http/money-fields.js';
import type { RefundPaymentInput } from './refund-payment.command.js';

export class RefundPaymentRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalUuid({
    description: 'Default: derived from the command; GET /deals/{id} shows it.',
    example: '0b9c1e2a-6d4f-5b53-8a1e-2f6f0f3a7c22',
  })
  refundId?: string;

  @OptionalChoice(REFUND_KINDS, { example: 'refund', description: 'Default `refund`.' })
  kind?: RefundKind | null;

  @AmountField({ description: "In the payment's currency, above 0; all refunds together never exceed the payment." })
  amount!: MoneyRequest;

  @OptionalAmount({
    description: "Part of the payment's cost that came back.",
    example: { amount: '200.00', currency: 'EUR' },
  })
  costRecovered?: MoneyRequest | null;

  @OptionalCode({ example: 'returned' })
  reason?: string | null;
}

export const toRefundPayment = (request: RefundPaymentRequest): Omit<RefundPaymentInput, 'paymentId'> => ({
  occurredAt: toInstant(request.occurredAt),
  ...(request.refundId == null ? {} : { refundId: request.refundId }),
  kind: request.kind ?? 'refund',
  amount: toMoney(request.amount),
  costRecovered: optionalMoney(request.costRecovered),
  reason: request.reason,
});
