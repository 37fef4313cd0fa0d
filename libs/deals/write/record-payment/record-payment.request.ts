import {
  MoneyRequest,
  OccurredAt,
  OptionalText,
  OptionalUuid,
  RateRequest,
  toInstant,
  toMoney,
} from '#platform/http/request-values.js';
import { AmountField, OptionalAmount, optionalMoney, OptionalRate, optionalRate } from '#platform/http/money-fields.js';
import type { RecordPaymentInput } from './record-payment.command.js';

export class RecordPaymentRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalUuid({
    description: 'Default: derived from the command; GET /deals/{id} shows it.',
    example: '7d1c6a52-5f0e-5c57-9a44-0e0a3a3c5d11',
  })
  paymentId?: string;

  @AmountField({ description: 'Net of tax, above 0.' })
  amount!: MoneyRequest;

  @OptionalAmount({ description: "In the amount's currency.", example: { amount: '237.50', currency: 'EUR' } })
  tax?: MoneyRequest | null;

  @OptionalAmount({
    description:
      'Cost of sale; default: by the margin table, and where that says nothing the payment is left out of profit.',
    example: { amount: '800.00', currency: 'EUR' },
  })
  cost?: MoneyRequest | null;

  @OptionalRate()
  rate?: RateRequest | null;

  @OptionalText(200, { example: 'INV-2026-0042' })
  reference?: string | null;
}

export const toRecordPayment = (request: RecordPaymentRequest): RecordPaymentInput => ({
  occurredAt: toInstant(request.occurredAt),
  ...(request.paymentId == null ? {} : { paymentId: request.paymentId }),
  amount: toMoney(request.amount),
  tax: optionalMoney(request.tax),
  cost: optionalMoney(request.cost),
  rate: optionalRate(request.rate),
  reference: request.reference,
});
