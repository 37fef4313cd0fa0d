import { builtIn } from '#codelists/code-list.js';
import type { Money, Rate } from '#kernel/money.js';
import type { CodeList } from '#codelists/events/code-list-events.js';
import { priced } from '../../amounts.js';
import {
  assertStatus,
  assumedOf,
  dealEvent,
  meansSomethingElse,
  occurredAtOf,
  saysTheSame,
  type Asked,
  type Said,
} from '../../asked.js';
import type { DealState } from '../../deal.js';
import type { DealEvent, DealLostData, DealWonData } from '../../events/deal-events.js';
import { lossReason, winReason } from '../../reasons.js';

export const DEAL_OUTCOMES = ['won', 'lost'] as const;
export type DealOutcome = (typeof DEAL_OUTCOMES)[number];

export interface CloseDeal extends Said {
  readonly outcome: DealOutcome;
  /** Left out or null: the deal's value. */
  readonly value?: Money | null;
  readonly rate?: Rate | null;
  /** A code of the *close* list: mandatory for a lost deal; for a won one only from version 2 of the list on. */
  readonly reason?: string | null;
  readonly note?: string | null;
}

/**
 * CloseDeal: at most one close stands. The same close again is nothing to do, another one is refused until ReopenDeal.
 * Throws `DEAL.*`, `MONEY.NO_RATE`.
 */
export function closeDeal(asked: Asked<CloseDeal>, deal: DealState, codes: CodeList = builtIn('close')): DealEvent[] {
  assertStatus(deal, 'CloseDeal', 'open', 'won', 'lost');
  const occurredAt = occurredAtOf(asked);
  const { input } = asked;
  const { outcome, data } = closing(asked, deal, codes);
  const { close } = deal;
  if (close !== null) {
    if (close.outcome === outcome && saysTheSame(input, data, close)) return [];
    throw meansSomethingElse(
      `the deal was ${close.outcome} before, otherwise than asked now; ReopenDeal takes that back`,
    );
  }
  return [
    outcome === 'won' ? dealEvent(deal, 'deal.won', occurredAt, data) : dealEvent(deal, 'deal.lost', occurredAt, data),
  ];
}

type Closing = { outcome: 'won'; data: DealWonData } | { outcome: 'lost'; data: DealLostData };

function closing({ input, currency }: Asked<CloseDeal>, deal: DealState, codes: CodeList): Closing {
  const note = input.note ?? null;
  // While a close stands its rate is the one to keep: the deal's may have been amended since.
  const before = deal.close?.data.value == null ? deal : deal.close.data;
  const said = { ...priced(input.value ?? null, input.rate, currency, before), note, ...assumedOf(input) };
  if (input.outcome === 'lost')
    return { outcome: 'lost', data: { ...said, reason: lossReason(codes, input.reason ?? null, note) } };
  const reason = winReason(codes, input.reason ?? null, note);
  return { outcome: 'won', data: reason === null ? said : { ...said, reason } };
}
