import type { DealEvent } from '#deals/events/deal-events.js';
import type { EventStore } from '#event-store/event-store.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';

/** What a lead's decision needs to know of one of its deals. */
export interface LeadDeal {
  readonly stream: string;
  /** The lead's pass in which it was opened. */
  readonly pass: number | null;
  readonly openedAt: Instant;
  readonly status: 'open' | 'won' | 'lost' | 'annulled';
  /** Of the standing close. */
  readonly closedAt: Instant | null;
}

/** The deals of one lead as its decisions see them: what opportunity, customer and lost are derived from. */
export interface LeadDeals {
  readonly deals: readonly LeadDeal[];
  /** A won deal stands, in whichever pass. */
  readonly customer: boolean;
  readonly openDeals: number;
  /** There are deals, and every one that is not annulled is lost. */
  readonly allLost: boolean;
}

export const NO_DEALS: LeadDeals = { deals: [], customer: false, openDeals: 0, allLost: false };

/**
 * Reads the lead's deals from the ledger itself: always consistent with what was acknowledged, and nothing to wait for.
 * Payloads are not read.
 */
export async function readLeadDeals(store: EventStore, leadId: Uuid): Promise<LeadDeals> {
  const streams = (await store.streamsOfLead(leadId)).filter((stream) => stream.startsWith('deal-'));
  if (streams.length === 0) return NO_DEALS;
  const histories = await Promise.all(streams.map((stream) => store.readStream(stream)));
  return leadDeals(
    histories.map((history) => history.reduce<LeadDeal | null>(evolveLeadDeal, null)).filter((deal) => deal !== null),
  );
}

export function leadDeals(deals: readonly LeadDeal[]): LeadDeals {
  const standing = deals.filter((deal) => deal.status !== 'annulled');
  return {
    deals,
    customer: standing.some((deal) => deal.status === 'won'),
    openDeals: standing.filter((deal) => deal.status === 'open').length,
    allLost: standing.length > 0 && standing.every((deal) => deal.status === 'lost'),
  };
}

/** The same, looking only at the deals that were opened in one pass. */
export const inPass = (deals: LeadDeals, pass: number): LeadDeals =>
  leadDeals(deals.deals.filter((deal) => deal.pass === pass));

/** The moment of the first win, null without one. */
export function firstWin(deals: LeadDeals): Instant | null {
  const wins = deals.deals.flatMap((deal) => (deal.status === 'won' && deal.closedAt !== null ? [deal.closedAt] : []));
  return wins.length === 0 ? null : wins.reduce((least, at) => Math.min(least, at));
}

type DealStep = Pick<DealEvent, 'pass' | 'occurredAt'> & { readonly type: string; readonly stream: string };

export function evolveLeadDeal(deal: LeadDeal | null, event: DealStep): LeadDeal | null {
  if (event.type === ('deal.opened' satisfies DealEvent['type'])) {
    return { stream: event.stream, pass: event.pass, openedAt: event.occurredAt, status: 'open', closedAt: null };
  }
  const change = STATUS_AFTER.get(event.type);
  if (deal === null || change === undefined) return deal;
  return { ...deal, status: change, closedAt: change === 'won' || change === 'lost' ? event.occurredAt : null };
}

const STATUS_AFTER = new Map<string, LeadDeal['status']>([
  ['deal.won', 'won'],
  ['deal.lost', 'lost'],
  ['deal.reopened', 'open'],
  ['deal.annulled', 'annulled'],
] satisfies [DealEvent['type'], LeadDeal['status']][]);
