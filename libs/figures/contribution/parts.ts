import type { HistoryEventType } from '../history/fold.js';

/** C is the union of these. Deals, money and sourcing are one list a deal, spend one a spend, the others one a lead. */
export type Part = 'passes' | 'customer' | 'deals' | 'money' | 'spend' | 'sourcing' | 'response' | 'reviews';
export const PARTS: readonly Part[] = [
  'passes',
  'customer',
  'deals',
  'money',
  'spend',
  'sourcing',
  'response',
  'reviews',
];

export type PartsByEvent = Readonly<Record<HistoryEventType, readonly Part[]>>;

const ALL: readonly Part[] = ['passes', 'customer', 'deals', 'money', 'sourcing', 'response', 'reviews'];

/**
 * The parts that an event of this type can change; only they are compared. `parts.unit.spec.ts` holds that nothing else ever changes and that
 * every entry is needed. An event of a deal changes the deals and money of that deal alone.
 */
export const PARTS_OF_EVENT: PartsByEvent = {
  'lead.created': ['passes', 'response'],
  'lead.details-changed': ALL,
  'lead.touched': ALL,
  'lead.touch-annulled': ALL,
  'lead.assigned': ALL,
  'lead.mql-qualified': ['passes', 'response', 'reviews'],
  'lead.accepted': ALL,
  'lead.sql-qualified': ['passes', 'response', 'reviews'],
  'lead.rejected': ['response', 'reviews'],
  'lead.recycled': ['response', 'reviews'],
  'lead.disqualified': ['response', 'reviews'],
  'lead.reopened': ['passes', 'response', 'reviews'],
  'lead.stage-annulled': ALL,
  'lead.reviewed': ['reviews'],
  'deal.opened': ['passes', 'deals', 'response', 'reviews'],
  'deal.amended': ['deals', 'money', 'sourcing', 'reviews'],
  'deal.assigned': ['deals', 'money', 'sourcing', 'reviews'],
  'deal.advanced': ['deals', 'money', 'sourcing', 'reviews'],
  'deal.won': ['passes', 'customer', 'deals', 'sourcing', 'response', 'reviews'],
  'deal.lost': ['deals', 'response', 'reviews'],
  'deal.reopened': ['passes', 'customer', 'deals', 'sourcing', 'response', 'reviews'],
  'deal.annulled': ['passes', 'customer', 'deals', 'sourcing', 'response', 'reviews'],
  'deal.payment-received': ['passes', 'customer', 'money', 'sourcing', 'reviews'],
  'deal.payment-annulled': ['passes', 'customer', 'money', 'sourcing', 'reviews'],
  'deal.payment-refunded': ['customer', 'money'],
  'deal.refund-annulled': ['customer', 'money'],
  'spend.recorded': ['spend'],
  'spend.corrected': ['spend'],
};
