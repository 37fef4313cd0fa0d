import type { DomainEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Money, Rate } from '#kernel/money.js';
import { campaignIdOf } from './campaign-events.js';

export const SPEND_KINDS = ['media', 'agency', 'event', 'tool', 'people', 'bonus'] as const;
export type SpendKind = (typeof SPEND_KINDS)[number];

/** Every event says the whole of what is known of the spend from then on, so that nobody must look elsewhere. */
export interface SpendRecordedData {
  readonly spendId: string;
  /** The campaign's name and id; both null for spend on a channel alone. */
  readonly campaign: string | null;
  readonly campaignId: string | null;
  readonly channel: string | null;
  /** The organisation's day on which it counts. */
  readonly day: string;
  readonly kind: SpendKind;
  /** 0 or more. */
  readonly amount: Money;
  /** Present when the amount is not in the organisation's currency. */
  readonly rate: Rate | null;
  /** null: not known. */
  readonly impressions: number | null;
  readonly clicks: number | null;
}

/** What holds instead of all that was said of this spend before. */
export interface SpendCorrectedData extends SpendRecordedData {
  /** personal */
  readonly reason: string | null;
}

export type SpendEvent =
  DomainEvent<'spend.recorded', SpendRecordedData> | DomainEvent<'spend.corrected', SpendCorrectedData>;

export const SPEND_EVENT_TYPES = ['spend.recorded', 'spend.corrected'] as const;

/** Whose spend it is: the campaign's id, or for spend without a campaign an id that follows from the channel. */
export const spendAccount = (
  installation: Uuid,
  of: { readonly campaign: string } | { readonly channel: string },
): Uuid => ('campaign' in of ? campaignIdOf(installation, of.campaign) : uuidv5(installation, `channel ${of.channel}`));

/** One stream an account and month, so that streams stay short. `day`: `2026-03-01`. */
export const spendStream = (account: string, day: string): string => `spend-${account}.${day.slice(0, 7)}`;
