import {
  MoneyRequest,
  OptionalChoice,
  OptionalText,
  RateRequest,
  toMoney,
  toRate,
} from '#platform/http/request-values.js';
import { AmountField, OptionalRate } from '#platform/http/money-fields.js';
import { SPEND_KINDS, type SpendKind } from '../events/spend-events.js';
import { OptionalCount } from './campaign-fields.js';
import type { SpendValues } from './spend-values.js';

/** The figures of a spend on the wire. */
export class SpendValuesRequest {
  @OptionalText(200, { example: 'paid_search', description: "Default: the campaign's channel." })
  channel?: string | null;

  @OptionalChoice(SPEND_KINDS, { example: 'media', description: 'Default `media`.' })
  kind?: SpendKind | null;

  @AmountField({ description: '0 or more.', example: { amount: '412.50', currency: 'EUR' } })
  amount!: MoneyRequest;

  @OptionalRate()
  rate?: RateRequest | null;

  @OptionalCount(18_200)
  impressions?: number | null;

  @OptionalCount(345)
  clicks?: number | null;
}

export const spendValuesOf = (request: SpendValuesRequest): SpendValues => ({
  channel: channelOf(request.channel) ?? null,
  kind: request.kind ?? 'media',
  amount: toMoney(request.amount),
  rate: request.rate == null ? null : toRate(request.rate),
  impressions: request.impressions ?? null,
  clicks: request.clicks ?? null,
});

/** Empty is no channel. */
export const channelOf = (text: string | null | undefined): string | null | undefined =>
  text?.trim() === '' ? null : text;
