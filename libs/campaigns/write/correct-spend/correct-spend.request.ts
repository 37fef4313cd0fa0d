import { OptionalAmount, OptionalRate, optionalMoney, optionalRate } from '#platform/http/money-fields.js';
import {
  MoneyRequest,
  OptionalChoice,
  OptionalNote,
  OptionalText,
  RateRequest,
} from '#platform/http/request-values.js';
import { SPEND_KINDS, type SpendKind } from '../../events/spend-events.js';
import { Day, OptionalCount } from '../campaign-fields.js';
import { channelOf } from '../spend-fields.js';
import type { CorrectSpendInput } from './correct-spend.command.js';

/** What is left out (or null) stays as it is. */
export class CorrectSpendRequest {
  @Day({ description: 'The day that the spend was recorded for; it says where to find it.', example: '2026-03-02' })
  day!: string;

  @OptionalText(200, { example: 'paid_search' })
  channel?: string | null;

  @OptionalChoice(SPEND_KINDS, { example: 'media' })
  kind?: SpendKind | null;

  @OptionalAmount({
    description: 'What it was in all; 0 for what was never spent.',
    example: { amount: '398.10', currency: 'EUR' },
  })
  amount?: MoneyRequest | null;

  @OptionalRate()
  rate?: RateRequest | null;

  @OptionalCount(18_150)
  impressions?: number | null;

  @OptionalCount(340)
  clicks?: number | null;

  @OptionalNote({ description: 'Why; stored encrypted.', example: 'credit note of the platform' })
  reason?: string | null;
}

export const toCorrectSpend = (request: CorrectSpendRequest, spendId: string): CorrectSpendInput => ({
  spendId,
  day: request.day,
  channel: channelOf(request.channel) ?? undefined,
  kind: request.kind ?? undefined,
  amount: optionalMoney(request.amount) ?? undefined,
  rate: optionalRate(request.rate) ?? undefined,
  impressions: request.impressions ?? undefined,
  clicks: request.clicks ?? undefined,
  reason: request.reason ?? null,
});
