import type { RecordedEvent } from '#kernel/envelope.js';
import { EMPTY, type HistoryEventType } from '../history/fold.js';
import type { History } from '../history/history.js';
import { customerFacts } from './customer.js';
import { dealFacts, type FactContext } from './deal.js';
import { difference, type Emit } from './difference.js';
import type { Fact } from './fact.js';
import { moneyFacts } from './money.js';
import { PARTS_OF_EVENT, type PartsByEvent } from './parts.js';
import { passFacts } from './passes.js';

/** C(history) in its parts: what a lead (or a deal without lead) contributes to all figures. A pure function of the history; never stored. */
export interface Contribution {
  readonly passes: readonly Fact[];
  readonly customer: readonly Fact[];
  /** By place of the deal in the history. */
  readonly deals: readonly (readonly Fact[])[];
  readonly money: readonly (readonly Fact[])[];
}

export const NOTHING: Contribution = { passes: [], customer: [], deals: [], money: [] };

export function contributionOf(history: History, context: FactContext): Contribution {
  return {
    passes: passFacts(history),
    customer: customerFacts(history),
    deals: history.deals.map((deal) => dealFacts(deal, history.lead, context)),
    money: history.deals.map((deal) => moneyFacts(deal, history.lead, context.currency)),
  };
}

/** C as one list. */
export const factsOf = (contribution: Contribution): readonly Fact[] => [
  ...contribution.passes,
  ...contribution.customer,
  ...contribution.deals.flat(),
  ...contribution.money.flat(),
];

/**
 * C(after), given C(before): computes the parts that an event of this type can change, and tells `emit` the facts that the event writes, which
 * are exactly C(after) - C(before).
 */
export function contribute(
  contribution: Contribution,
  before: History,
  after: History,
  event: Pick<RecordedEvent, 'type' | 'stream'>,
  context: FactContext,
  emit: Emit,
  table: PartsByEvent = PARTS_OF_EVENT,
): Contribution {
  if (after === before || changesNoDimension(event.type, before, after)) return contribution;
  const parts = table[event.type as HistoryEventType]; // only such events change a history
  const ofDeal = event.type.startsWith('deal.');
  let { passes, customer, deals, money } = contribution;
  if (parts.includes('passes')) {
    passes = passFacts(after);
    difference(contribution.passes, passes, emit);
  }
  if (parts.includes('customer') && after.deals.length > 0) {
    customer = customerFacts(after);
    difference(contribution.customer, customer, emit);
  }
  const place = ofDeal ? after.deals.findIndex((deal) => deal.stream === event.stream) : -1;
  if (parts.includes('deals'))
    deals = perDeal(contribution.deals, after, place, (deal) => dealFacts(deal, after.lead, context), emit);
  if (parts.includes('money'))
    money = perDeal(contribution.money, after, place, (deal) => moneyFacts(deal, after.lead, context.currency), emit);
  return { passes, customer, deals, money };
}

/** Touches and assignments that leave every dimension as it was are most events, and write nothing. */
function changesNoDimension(type: string, before: History, after: History): boolean {
  return ONLY_DIMENSIONS.has(type) && before.lead !== null && before.lead.eras === after.lead?.eras;
}
const ONLY_DIMENSIONS: ReadonlySet<string> = new Set([
  'lead.touched',
  'lead.touch-annulled',
  'lead.assigned',
  'lead.details-changed',
]);

function perDeal(
  former: readonly (readonly Fact[])[],
  history: History,
  place: number,
  factsOfDeal: (deal: History['deals'][number]) => Fact[],
  emit: Emit,
): readonly (readonly Fact[])[] {
  if (place < 0 && history.deals.length === 0) return former;
  const next = [...former];
  const [from, to] = place < 0 ? [0, history.deals.length] : [place, place + 1];
  for (let i = from; i < to; i++) {
    const deal = history.deals[i];
    if (deal === undefined) continue;
    const facts = factsOfDeal(deal);
    difference(former[i] ?? [], facts, emit);
    next[i] = facts;
  }
  return next;
}

/** The contribution that a history grew from. */
export const START_OF_HISTORY = { history: EMPTY, contribution: NOTHING } as const;
