import type { HistoryEventType } from '../history/fold.js';
import type { Happening } from '../history/happening.js';
import type { History } from '../history/history.js';
import { customerFacts } from './customer.js';
import { dealFacts, type FactContext } from './deal.js';
import { difference, type Emit } from './difference.js';
import type { Fact } from './fact.js';
import { moneyFacts } from './money.js';
import { PARTS_OF_EVENT, type Part, type PartsByEvent } from './parts.js';
import { passesOf, passFacts, type Pass } from './passes.js';
import { isOutbound, receiptsOf, responseFacts, workFacts } from './response.js';
import { reviewFacts } from './reviews.js';
import { isSourcedAlike, sourcingFacts } from './sourcing.js';
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
  const passes = passesOf(history);
  return {
    passes: passFacts(history, passes),
    customer: customerFacts(history),
    deals: history.deals.map((deal) => dealFacts(deal, history.lead, context)),
    money: history.deals.map((deal) => moneyFacts(deal, history.lead, context.currency)),
    spend: history.spend.map(spendFacts),
    sourcing: history.deals.map((deal) => sourcingFacts(deal, history.lead, context)),
    response: responseFacts(history, passes, context),
    reviews: reviewFacts(history, passes, context),
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
  const parts: readonly Compared[] = changesNoDimension(type, before, after)
    ? withoutDimensions(type, before, after, all)
    : all;
  if (parts.length === 0) return;
  if (parts.includes('spend')) writeSpend(before, after, emit);
  writePasses(before, after, parts, context, emit);
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

/** What is counted pass by pass. */
function writePasses(
  before: History,
  after: History,
  parts: readonly Compared[],
  context: FactContext,
  emit: Emit,
): void {
  if (!parts.some((part) => BY_PASS.has(part))) return;
  const passes = passesOf(after);
  if (parts.includes('work')) writeWork(before.lead, after.lead, passes, context, emit);
  if (parts.length === 1 && parts[0] === 'work') return;
  const former = passesOf(before);
  if (parts.includes('passes')) difference(passFacts(before, former), passFacts(after, passes), emit);
  if (parts.includes('response'))
    difference(responseFacts(before, former, context), responseFacts(after, passes, context), emit);
  if (parts.includes('reviews'))
    difference(reviewFacts(before, former, context), reviewFacts(after, passes, context), emit);
}
const BY_PASS: ReadonlySet<Compared> = new Set(['passes', 'response', 'work', 'reviews']);

/** A touch that changes no receipt: these are the same before and after it. */
function writeWork(
  before: History['lead'],
  after: History['lead'],
  passes: readonly Pass[],
  context: FactContext,
  emit: Emit,
): void {
  if (before === null || after === null) return;
  const receipts = receiptsOf(after, passes, context);
  if (receipts.length > 0) difference(workFacts(before, receipts), workFacts(after, receipts), emit);
}

/** Only the spend that the event was about is another entry than before. */
function writeSpend(before: History, after: History, emit: Emit): void {
  after.spend.forEach((entry, i) => {
    const was = before.spend[i];
    if (was !== entry) difference(was === undefined ? [] : spendFacts(was), spendFacts(entry), emit);
  });
}

/** A part, or as much of the response as a touch can change that moves no receipt. */
type Compared = Part | 'work';

/** A touch may still be the first of a team, or sales' work on the lead; an assignment may hand it over. Most are neither. */
function withoutDimensions(type: string, before: History, after: History, parts: readonly Part[]): readonly Compared[] {
  const [was, is] = [before.lead, after.lead];
  if (was === null || is === null || type === 'lead.details-changed')
    return parts.filter((part) => part === 'sourcing' || part === 'response' || part === 'reviews');
  const movesReceipt = was.assignments !== is.assignments || isOutbound(was) !== isOutbound(is);
  const isWork = was.work.sales !== is.work.sales;
  if (!movesReceipt && !isWork && isSourcedAlike(was, is)) return NO_PARTS;
  const changed: Compared[] = [];
  for (const part of parts) {
    if (part === 'sourcing' && !isSourcedAlike(was, is)) changed.push(part);
    if (part === 'response' && (movesReceipt || isWork)) changed.push(movesReceipt ? part : 'work');
    if (part === 'reviews' && movesReceipt) changed.push(part);
  }
  return changed;
}
const NO_PARTS: readonly Compared[] = [];

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
