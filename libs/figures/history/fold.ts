import type { DealEvent } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { LeadEvent } from '#leads/events/lead-events.js';
import { foldDeal } from './deal-fold.js';
import type { FoldContext } from './fold-context.js';
import type { History } from './history.js';
import { foldLead, UNKNOWN_LEAD } from './lead-fold.js';
import type { TouchLogEntry } from './touches.js';

export interface Folded {
  readonly history: History;
  /** A piece of the touch log to be kept under the number `history.lead.touches.chunks - 1`. */
  readonly chunk: readonly TouchLogEntry[] | null;
}

export const EMPTY: History = { lead: null, deals: [] };

/** Everything that changes what a lead or deal contributes; other events are not asked for at all. */
export const HISTORY_EVENT_TYPES = [
  'lead.created',
  'lead.details-changed',
  'lead.touched',
  'lead.touch-annulled',
  'lead.assigned',
  'lead.mql-qualified',
  'lead.accepted',
  'lead.sql-qualified',
  'lead.reopened',
  'lead.stage-annulled',
  'deal.opened',
  'deal.amended',
  'deal.assigned',
  'deal.advanced',
  'deal.won',
  'deal.lost',
  'deal.reopened',
  'deal.annulled',
  'deal.payment-received',
  'deal.payment-annulled',
  'deal.payment-refunded',
  'deal.refund-annulled',
] as const satisfies readonly (LeadEvent | DealEvent)['type'][];
export type HistoryEventType = (typeof HISTORY_EVENT_TYPES)[number];

/** Whose history the event belongs to: its lead, else its own stream. */
export const historyIdOf = (event: RecordedEvent): string => event.leadId ?? event.stream;

/** The next history; the given one stays as it was. Throws `FIGURES.*` for what no decider lets through. */
export function fold(history: History, event: RecordedEvent, context: FoldContext): Folded {
  if (event.type.startsWith('lead.')) {
    const { lead, chunk } = foldLead(history.lead ?? UNKNOWN_LEAD, event, context);
    return { history: lead === history.lead ? history : { lead, deals: history.deals }, chunk };
  }
  const lead = event.leadId === null ? null : (history.lead ?? UNKNOWN_LEAD);
  const place = history.deals.findIndex((deal) => deal.stream === event.stream);
  const known = history.deals[place];
  const deal = foldDeal(known, event, context);
  if (deal === known) return { history, chunk: null };
  const deals = known === undefined ? [...history.deals, deal] : history.deals.with(place, deal);
  return { history: { lead, deals }, chunk: null };
}

/** Positions stay exact as numbers up to here. */
export function positionNumber(event: RecordedEvent): number {
  const position = Number(event.position);
  if (!Number.isSafeInteger(position))
    throw new DomainError('unprocessable', 'FIGURES.POSITION_TOO_LARGE', `position ${event.position.toString()}`);
  return position;
}
