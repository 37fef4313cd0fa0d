import {
  Choice,
  MoneyRequest,
  OccurredAt,
  OptionalNote,
  RateRequest,
  toInstant,
} from '#platform/http/request-values.js';
import { LOSS_REASONS } from '../../reasons.js';
import {
  OptionalAmount,
  OptionalCode,
  optionalMoney,
  OptionalRate,
  optionalRate,
} from '#platform/http/money-fields.js';
import { DEAL_OUTCOMES, type DealOutcome, type CloseDeal } from './close-deal.js';

export class CloseDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Choice(DEAL_OUTCOMES, { example: 'won' })
  outcome!: DealOutcome;

  @OptionalAmount({ description: "Left out or null: the deal's value." })
  value?: MoneyRequest | null;

  @OptionalRate()
  rate?: RateRequest | null;

  @OptionalCode({
    example: 'price',
    description: `Mandatory for a lost deal: ${LOSS_REASONS.join(', ')}; or of the list \`close\` as it stands, whose version 2 serves won deals too.`,
  })
  reason?: string | null;

  @OptionalNote({ description: 'Free text, mandatory with the reason `other`; stored encrypted.' })
  note?: string | null;
}

export const toCloseDeal = (request: CloseDealRequest): CloseDeal => ({
  occurredAt: toInstant(request.occurredAt),
  outcome: request.outcome,
  value: optionalMoney(request.value),
  rate: optionalRate(request.rate),
  reason: request.reason,
  note: request.note,
});
