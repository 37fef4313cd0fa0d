import type { SpendEvent } from '#campaigns/events/spend-events.js';
import type { DealEvent } from '#deals/events/deal-events.js';
import type { LeadEvent } from '#leads/events/lead-events.js';
import { foldDeal } from './deal-fold.js';
import type { FoldContext } from './fold-context.js';
import type { Happening } from './happening.js';
import type { History } from './history.js';
import { foldLead, UNKNOWN_LEAD } from './lead-fold.js';
import { foldSpend } from './spend-fold.js';
import type { TouchLogEntry } from './touches.js';

export interface Folded {
  readonly history: History;
  /** A piece of the touch log to be kept under the number `history.lead.touches.chunks - 1`. */
  readonly chunk: readonly TouchLogEntry[] | null;
}

export const EMPTY: History = { lead: null, deals: [], spend: [] };

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
  'lead.rejected',
  'lead.recycled',
  'lead.disqualified',
  'lead.reopened',
  'lead.stage-annulled',
  'lead.reviewed',
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
  'spend.recorded',
  'spend.corrected',
] as const satisfies readonly (LeadEvent | DealEvent | SpendEvent)['type'][];
export type HistoryEventType = (typeof HISTORY_EVENT_TYPES)[number];

/** The next history; the given one stays as it was. Throws `FIGURES.*` for what no decider lets through. */
export function fold(history: History, happening: Happening, context: FoldContext): Folded {
  if (happening.stream === '') {
    const { lead, chunk } = foldLead(history.lead ?? UNKNOWN_LEAD, happening, context);
    return { history: lead === history.lead ? history : { ...history, lead }, chunk };
  }
  if (happening.type.startsWith('spend.')) {
    return { history: { ...history, spend: foldSpend(history.spend, happening, context) }, chunk: null };
  }
  const lead = happening.hasLead ? (history.lead ?? UNKNOWN_LEAD) : null;
  const place = history.deals.findIndex((deal) => deal.stream === happening.stream);
  const known = history.deals[place];
  const deal = foldDeal(known, happening, context);
  if (deal === known) return { history, chunk: null };
  const deals = known === undefined ? [...history.deals, deal] : history.deals.with(place, deal);
  return { history: { lead, deals, spend: history.spend }, chunk: null };
}
