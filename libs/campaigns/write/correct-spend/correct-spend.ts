import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '#kernel/errors.js';
import { assertTeam, badField } from '../../asked.js';
import type { SpendEvent } from '../../events/spend-events.js';
import { spendOf, type SpendState } from '../../spend.js';
import { checkedSpend, type AskedSpend, type SpendValues } from '../spend-values.js';

/** What is left out stays as it is. */
export interface CorrectSpend extends Partial<SpendValues> {
  readonly spendId: string;
  readonly reason: string | null;
}

/**
 * CorrectSpend: what holds instead, 0 for what was never spent. The day cannot change: correct it to 0 and record another. A new currency needs
 * its own rate. Throws `CAMPAIGN.WRONG_TEAM`, `SPEND.NOT_FOUND`, `SPEND.CHANNEL_FIXED` (400: of spend without a campaign) and what
 * `checkedSpend` throws.
 */
export function correctSpend(asked: AskedSpend<CorrectSpend>, state: SpendState): SpendEvent[] {
  assertTeam(asked.actor, 'CorrectSpend');
  const { spendId, reason, ...values } = asked.input;
  const known = spendOf(state, spendId);
  if (known === null) {
    throw new DomainError('not-found', 'SPEND.NOT_FOUND', `there is no spend ${spendId} on that day`);
  }
  const before = known.data;
  const given = Object.fromEntries(Object.entries<unknown>(values).filter(([, value]) => value !== undefined));
  const otherCurrency = values.amount !== undefined && values.amount.currency !== before.amount.currency;
  const data = checkedSpend({ ...before, ...(otherCurrency ? { rate: null } : {}), ...given }, asked);
  if (data.campaign === null && data.channel !== before.channel) {
    throw badField('SPEND.CHANNEL_FIXED', '/channel', 'spend without a campaign keeps its channel');
  }
  if (isDeepStrictEqual(data, before)) return [];
  return [
    { type: 'spend.corrected', occurredAt: asked.startOfDay, leadId: null, pass: null, data: { ...data, reason } },
  ];
}
