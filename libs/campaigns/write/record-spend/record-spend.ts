import { isDeepStrictEqual } from 'node:util';
import { refused } from '#kernel/errors.js';
import { assertTeam } from '../../asked.js';
import type { SpendEvent } from '../../events/spend-events.js';
import { spendOf, type SpendState } from '../../spend.js';
import { checkedSpend, type AskedSpend, type SpendValues } from '../spend-values.js';

export interface RecordSpend extends SpendValues {
  readonly spendId: string;
  /** Both null for spend on a channel alone. */
  readonly campaign: string | null;
  readonly campaignId: string | null;
  /** A day, not to come. */
  readonly day: string;
}

/**
 * RecordSpend. The same spendId with the same content is the same spend, corrected since or not. Throws `CAMPAIGN.WRONG_TEAM`,
 * `SPEND.MEANS_SOMETHING_ELSE` and what `checkedSpend` throws.
 */
export function recordSpend(asked: AskedSpend<RecordSpend>, state: SpendState): SpendEvent[] {
  assertTeam(asked.actor, 'RecordSpend');
  const { spendId, campaign, campaignId, channel, day, kind, amount, rate, impressions, clicks } = asked.input;
  const data = checkedSpend(
    { spendId, campaign, campaignId, channel, day, kind, amount, rate, impressions, clicks },
    asked,
  );
  const known = spendOf(state, spendId);
  if (known === null) {
    return [{ type: 'spend.recorded', occurredAt: asked.startOfDay, leadId: null, pass: null, data }];
  }
  if (isDeepStrictEqual(known.first, data)) return [];
  throw refused('SPEND.MEANS_SOMETHING_ELSE', `spend ${spendId} is recorded already, otherwise; correct it instead`);
}
