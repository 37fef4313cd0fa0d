import type { Uuid } from '#kernel/ids.js';
import {
  Dimensions,
  MoneyRequest,
  OccurredAt,
  OptionalChoice,
  OptionalDay,
  OptionalText,
  OptionalUuid,
  RateRequest,
  toInstant,
} from '#platform/http/request-values.js';
import { DEAL_KINDS, type DealKind } from '../../events/deal-events.js';
import { OptionalAmount, optionalMoney, OptionalRate, optionalRate } from '#platform/http/money-fields.js';
import type { OpenDealInput } from './open-deal.command.js';

export class OpenDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalUuid({
    example: '5c1f6a52-5f0e-5c57-9a44-0e0a3a3c5d11',
    description: 'The lead, for ever; null: a deal without lead.',
  })
  lead?: Uuid | null;

  @OptionalChoice(DEAL_KINDS, { example: 'new', description: 'Default `new`; never inferred.' })
  kind?: DealKind | null;

  @OptionalText(200, { example: 'Acme Corporation' })
  account?: string | null;

  @OptionalText(200, { example: 'GTX Pro' })
  product?: string | null;

  @OptionalText(200, { example: 'retail' })
  segment?: string | null;

  @OptionalText(200, { example: 'PT' })
  country?: string | null;

  @OptionalText(100, { example: 'prospecting', description: 'Stage of the pipeline; default `open`.' })
  stage?: string | null;

  @OptionalAmount()
  value?: MoneyRequest | null;

  @OptionalRate()
  rate?: RateRequest | null;

  @OptionalDay()
  expectedCloseOn?: string | null;

  @OptionalText(200, { example: 'darcel.schlecht', description: "A member's handle or alias." })
  owner?: string | null;

  @Dimensions()
  dimensions?: Record<string, string> | null;
}

export const toOpenDeal = (request: OpenDealRequest): OpenDealInput => ({
  occurredAt: toInstant(request.occurredAt),
  lead: request.lead ?? null,
  kind: request.kind ?? 'new',
  account: request.account,
  product: request.product,
  segment: request.segment,
  country: request.country,
  stage: request.stage,
  value: optionalMoney(request.value),
  rate: optionalRate(request.rate),
  expectedCloseOn: request.expectedCloseOn,
  owner: request.owner,
  dimensions: request.dimensions ?? {},
});
