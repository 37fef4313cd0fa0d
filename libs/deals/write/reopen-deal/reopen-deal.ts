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

export interface ReopenDeal extends Omit<Said, 'assumed'> {
  readonly reason?: string | null;
}

/** ReopenDeal: takes the standing close back. Throws `DEAL.*`. */
export function reopenDeal(asked: Asked<ReopenDeal>, deal: DealState): DealEvent[] {
  const occurredAt = occurredAtOf(asked);
  const data: DealReasonData = { reason: asked.input.reason ?? null };
  if (deal.status === 'open' && deal.lastTurn?.type === 'deal.reopened') {
    if (saysTheSame(asked.input, data, deal.lastTurn)) return [];
    throw meansSomethingElse('the deal was reopened before, for another reason or at another time');
  }
  assertStatus(deal, 'ReopenDeal', 'won', 'lost');
  return [dealEvent(deal, 'deal.reopened', occurredAt, data)];
}
