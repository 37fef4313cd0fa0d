import type { HistoryEventType } from '../history/fold.js';
import type { Happening } from '../history/happening.js';
import type { History } from '../history/history.js';
import { customerFacts } from './customer.js';
import { dealFacts, type FactContext } from './deal.js';
import { difference, type Emit } from './difference.js';
import type { Fact } from './fact.js';
import { firstTouch } from '../history/touches.js';
import { moneyFacts } from './money.js';
import { PARTS_OF_EVENT, type Part, type PartsByEvent } from './parts.js';
import { passFacts } from './passes.js';
import { responseFacts } from './response.js';
import { reviewFacts } from './reviews.js';
import { sourcingFacts } from './sourcing.js';
import { spendFacts } from './spend.js';

/** C(history) in its parts: what a lead (or a deal without lead) contributes to all figures. A pure function of the history; never stored. */
export interface Contribution {
  readonly passes: readonly Fact[];
  readonly customer: readonly Fact[];
  /** By place of the deal in the history. */
  readonly deals: readonly (readonly Fact[])[];
  readonly money: readonly (readonly Fact[])[];
  /** By place of the spend in the history. */
  readonly spend: readonly (readonly Fact[])[];
  /** By place of the deal in the history. */
  readonly sourcing: readonly (readonly Fact[])[];
  readonly response: readonly Fact[];
  readonly reviews: readonly Fact[];
}

export function contributionOf(history: History, context: FactContext): Contribution {
  return {
    passes: passFacts(history),
    customer: customerFacts(history),
    deals: history.deals.map((deal) => dealFacts(deal, history.lead, context)),
    money: history.deals.map((deal) => moneyFacts(deal, history.lead, context.currency)),
    spend: history.spend.map(spendFacts),
    sourcing: history.deals.map((deal) => sourcingFacts(deal, history.lead, context)),
    response: responseFacts(history, context),
    reviews: reviewFacts(history, context),
  };
}

/** C as one list. */
export const factsOf = (contribution: Contribution): readonly Fact[] => [
  ...contribution.passes,
  ...contribution.customer,
  ...contribution.deals.flat(),
  ...contribution.money.flat(),
  ...contribution.spend.flat(),
  ...contribution.sourcing.flat(),
  ...contribution.response,
  ...contribution.reviews,
];

/**
 * Tells `emit` the facts that an event writes, which are exactly C(after) - C(before). Only the parts that an event of this type can change are
 * computed, of both histories: remembering what C last gave costs more memory than computing it again costs time.
 */
export function writeFacts(
  before: History,
  after: History,
  happening: Pick<Happening, 'type' | 'stream'>,
  context: FactContext,
  emit: Emit,
  table: PartsByEvent = PARTS_OF_EVENT,
): void {
  const { type, stream } = happening;
  if (after === before) return;
  const all = table[type as HistoryEventType]; // only such events change a history
  const parts = changesNoDimension(type, before, after) ? withoutDimensions(type, before, after, all) : all;
  if (parts.length === 0) return;
  if (parts.includes('spend')) writeSpend(before, after, emit);
  if (parts.includes('passes')) difference(passFacts(before), passFacts(after), emit);
  if (parts.includes('response')) difference(responseFacts(before, context), responseFacts(after, context), emit);
  if (parts.includes('reviews')) difference(reviewFacts(before, context), reviewFacts(after, context), emit);
  if (after.deals.length === 0) return;
  if (parts.includes('customer')) difference(customerFacts(before), customerFacts(after), emit);
  const ofDeal = stream !== '';
  for (let i = 0; i < after.deals.length; i++) {
    const deal = after.deals[i];
    if (deal === undefined || (ofDeal && deal.stream !== stream)) continue;
    const was = before.deals[i];
    if (parts.includes('deals')) {
      difference(
        was === undefined ? [] : dealFacts(was, before.lead, context),
        dealFacts(deal, after.lead, context),
        emit,
      );
    }
    if (parts.includes('sourcing')) {
      difference(
        was === undefined ? [] : sourcingFacts(was, before.lead, context),
        sourcingFacts(deal, after.lead, context),
        emit,
      );
    }
    if (parts.includes('money')) {
      difference(
        was === undefined ? [] : moneyFacts(was, before.lead, context.currency),
        moneyFacts(deal, after.lead, context.currency),
        emit,
      );
    }
  }
}

/** Only the spend that the event was about is another entry than before. */
function writeSpend(before: History, after: History, emit: Emit): void {
  after.spend.forEach((entry, i) => {
    const was = before.spend[i];
    if (was !== entry) difference(was === undefined ? [] : spendFacts(was), spendFacts(entry), emit);
  });
}

/** A touch may still be the first of a team, or sales' work on the lead; an assignment may hand it over. Most are neither. */
function withoutDimensions(type: string, before: History, after: History, parts: readonly Part[]): readonly Part[] {
  const [was, is] = [before.lead, after.lead];
  const isWork = was?.work !== is?.work || was?.assignments !== is?.assignments || sideOfFirst(was) !== sideOfFirst(is);
  return isWork || type === 'lead.details-changed'
    ? parts.filter((part) => part === 'sourcing' || part === 'response' || part === 'reviews')
    : NO_PARTS;
}
const NO_PARTS: readonly Part[] = [];

const sideOfFirst = (lead: History['lead']): string | null =>
  lead === null ? null : (firstTouch(lead.touches)?.side ?? null);

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
