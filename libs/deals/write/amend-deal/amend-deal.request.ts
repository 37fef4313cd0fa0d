import {
  MoneyRequest,
  OccurredAt,
  OptionalDay,
  OptionalNote,
  OptionalText,
  RateRequest,
  toInstant,
} from '#platform/http/request-values.js';
import { OptionalAmount, optionalMoney, OptionalRate, optionalRate } from '#platform/http/money-fields.js';
import { type AmendDeal } from './amend-deal.js';

export class AmendDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalAmount()
  value?: MoneyRequest | null;

  @OptionalRate()
  rate?: RateRequest | null;

  @OptionalText(200, { example: 'GTX Pro' })
  product?: string | null;

  @OptionalDay()
  expectedCloseOn?: string | null;

  @OptionalNote({ example: 'One more seat.' })
  reason?: string | null;
}

export const toAmendDeal = (request: AmendDealRequest): AmendDeal => ({
  occurredAt: toInstant(request.occurredAt),
  value: optionalMoney(request.value),
  rate: optionalRate(request.rate),
  product: request.product,
  expectedCloseOn: request.expectedCloseOn,
  reason: request.reason,
});
