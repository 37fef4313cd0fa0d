import { refused } from '#kernel/errors.js';
import {
  assertStatus,
  dealEvent,
  meansSomethingElse,
  occurredAtOf,
  saysTheSame,
  type Asked,
  type Said,
} from '../../asked.js';
import type { DealState } from '../../deal.js';
import type { DealEvent, DealReasonData } from '../../events/deal-events.js';
import { standingPayments } from '../../payments.js';

export interface AnnulDeal extends Omit<Said, 'assumed'> {
  readonly reason?: string | null;
}

/** AnnulDeal: for a deal entered in error; final. Throws `DEAL.*`, `DEAL.HAS_PAYMENTS` while a payment stands. */
export function annulDeal(asked: Asked<AnnulDeal>, deal: DealState): DealEvent[] {
  const occurredAt = occurredAtOf(asked);
  const data: DealReasonData = { reason: asked.input.reason ?? null };
  if (deal.status === 'annulled' && deal.lastTurn !== null) {
    if (saysTheSame(asked.input, data, deal.lastTurn)) return [];
    throw meansSomethingElse('the deal was annulled before, for another reason or at another time');
  }
  assertStatus(deal, 'AnnulDeal', 'open', 'won', 'lost');
  if (standingPayments(deal.payments).length > 0) {
    throw refused('DEAL.HAS_PAYMENTS', 'the deal has payments that stand; they must be annulled first');
  }
  return [dealEvent(deal, 'deal.annulled', occurredAt, data)];
}
