import { MoneyRequest, OccurredAt, RateRequest, Text, toInstant } from '#platform/http/request-values.js';
import { OptionalAmount, optionalMoney, OptionalRate, optionalRate } from '#platform/http/money-fields.js';
import { type AdvanceDeal } from './advance-deal.js';

export class AdvanceDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Text(100, { example: 'proposal' })
  stage!: string;

  @OptionalAmount({ description: 'Left out or null: unchanged.' })
  value?: MoneyRequest | null;

  @OptionalRate()
  rate?: RateRequest | null;
}

export const toAdvanceDeal = (request: AdvanceDealRequest): AdvanceDeal => ({
  occurredAt: toInstant(request.occurredAt),
  stage: request.stage,
  value: optionalMoney(request.value),
  rate: optionalRate(request.rate),
});
