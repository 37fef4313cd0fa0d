import { isDeepStrictEqual } from 'node:util';
import type { Money, Rate } from '#kernel/money.js';
import { priced } from '../../amounts.js';
import { assertStatus, assumedOf, dealEvent, occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { DealState } from '../../deal.js';
import type { DealAmendedData, DealEvent } from '../../events/deal-events.js';

/** What is left out stays as it is; null takes it away. A rate alone is another rate for the value that the deal has. */
export interface AmendDeal extends Said {
  readonly value?: Money | null;
  readonly rate?: Rate | null;
  readonly product?: string | null;
  readonly expectedCloseOn?: string | null;
  readonly reason?: string | null;
}

/** AmendDeal: on an open or won deal, only what differs is recorded. Throws `DEAL.*`, `MONEY.NO_RATE`. */
export function amendDeal(asked: Asked<AmendDeal>, deal: DealState): DealEvent[] {
  assertStatus(deal, 'AmendDeal', 'open', 'won');
  const occurredAt = occurredAtOf(asked);
  const changes = changesOf(asked, deal);
  if (Object.keys(changes).length === 0) return [];
  const data: DealAmendedData = { ...changes, reason: asked.input.reason ?? null, ...assumedOf(asked.input) };
  return [dealEvent(deal, 'deal.amended', occurredAt, data)];
}

type Changes = Omit<DealAmendedData, 'reason' | 'assumed'>;

function changesOf({ input, currency }: Asked<AmendDeal>, deal: DealState): Changes {
  let changes: Changes = {};
  if (input.value !== undefined || input.rate != null) {
    const value = input.value === undefined ? deal.value : input.value;
    const now = priced(value, input.rate, currency, deal);
    // Value and rate belong together: an event that changes one carries both.
    if (!isDeepStrictEqual(now, { value: deal.value, rate: deal.rate })) changes = { ...now };
  }
  const { product, expectedCloseOn } = input;
  if (product !== undefined && product !== deal.product) changes = { ...changes, product };
  if (expectedCloseOn !== undefined && expectedCloseOn !== deal.expectedCloseOn)
    changes = { ...changes, expectedCloseOn };
  return changes;
}
