import { convertMoney, type Money, type Rate } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import { badField, type Asked } from '../asked.js';
import type { SpendKind, SpendRecordedData } from '../events/spend-events.js';

/** What a decision on spend knows besides: the organisation's currency and today, and where the spend's own day begins. */
export interface AskedSpend<Input> extends Asked<Input> {
  readonly currency: string;
  /** Days. */
  readonly today: string;
  readonly startOfDay: Instant;
}

/** The figures of a spend, as recorded and as corrected. */
export interface SpendValues {
  readonly channel: string | null;
  readonly kind: SpendKind;
  readonly amount: Money;
  readonly rate: Rate | null;
  readonly impressions: number | null;
  readonly clicks: number | null;
}

/**
 * The values as they stand in an event: without a rate that is not needed. Throws `SPEND.NEGATIVE_AMOUNT`, `SPEND.DAY_IN_FUTURE`,
 * `SPEND.CHANNEL_MISSING` (400) and `MONEY.NO_RATE` (422).
 */
export function checkedSpend(data: SpendRecordedData, { currency, today }: AskedSpend<unknown>): SpendRecordedData {
  const { amount, rate, day, channel } = data;
  if (amount.minor < 0)
    throw badField('SPEND.NEGATIVE_AMOUNT', '/amount', 'the amount is 0 or more; correct a spend that was too much');
  if (day > today) throw badField('SPEND.DAY_IN_FUTURE', '/day', `the day ${day} is still to come`);
  if (channel === null) {
    throw badField('SPEND.CHANNEL_MISSING', '/channel', 'the campaign has no channel, so its spend must name one');
  }
  convertMoney(amount, rate, currency);
  return { ...data, rate: amount.currency === currency ? null : rate };
}
