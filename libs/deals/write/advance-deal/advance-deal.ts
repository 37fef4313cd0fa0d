import { isDeepStrictEqual } from 'node:util';
import type { Money, Rate } from '#kernel/money.js';
import { priced } from '../../amounts.js';
import { assertStatus, assumedOf, dealEvent, occurredAtOf, type Asked, type Said } from '../../asked.js';
import { heldAt, type DealState } from '../../deal.js';
import type { DealEvent } from '../../events/deal-events.js';

export interface AdvanceDeal extends Said {
  /** Of the pipeline; free text. */
  readonly stage: string;
  /** Left out or null: unchanged. */
  readonly value?: Money | null;
  readonly rate?: Rate | null;
}

/** AdvanceDeal: on an open deal; nothing to do where it is in that stage at that moment already and the value is the same. Throws `DEAL.*`, `MONEY.NO_RATE`. */
export function advanceDeal(asked: Asked<AdvanceDeal>, deal: DealState): DealEvent[] {
  assertStatus(deal, 'AdvanceDeal', 'open');
  const occurredAt = occurredAtOf(asked);
  const { input, currency } = asked;
  const now = priced(input.value ?? null, input.rate, currency, deal);
  const sameValue = now.value === null || isDeepStrictEqual(now, { value: deal.value, rate: deal.rate });
  if (heldAt(deal.stages, occurredAt) === input.stage && sameValue) return [];
  return [dealEvent(deal, 'deal.advanced', occurredAt, { stage: input.stage, ...now, ...assumedOf(input) })];
}
