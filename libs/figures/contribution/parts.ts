import type { HistoryEventType } from '../history/fold.js';

/** C is the union of these. Deals, money and sourcing are one list a deal, spend one a spend, the others one a lead. */
export type Part = 'passes' | 'customer' | 'deals' | 'money' | 'spend' | 'sourcing' | 'response';
export const PARTS: readonly Part[] = ['passes', 'customer', 'deals', 'money', 'spend', 'sourcing', 'response'];

export type PartsByEvent = Readonly<Record<HistoryEventType, readonly Part[]>>;

const ALL: readonly Part[] = ['passes', 'customer', 'deals', 'money', 'sourcing', 'response'];

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
  'lead.mql-qualified': ['passes', 'response'],
  'lead.accepted': ALL,
  'lead.sql-qualified': ['passes', 'response'],
  'lead.rejected': ['response'],
  'lead.recycled': ['response'],
  'lead.disqualified': ['response'],
  'lead.reopened': ['passes', 'response'],
  'lead.stage-annulled': ALL,
  'deal.opened': ['passes', 'deals', 'response'],
  'deal.amended': ['deals', 'money', 'sourcing'],
  'deal.assigned': ['deals', 'money', 'sourcing'],
  'deal.advanced': ['deals', 'money', 'sourcing'],
  'deal.won': ['passes', 'customer', 'deals', 'sourcing', 'response'],
  'deal.lost': ['deals', 'response'],
  'deal.reopened': ['passes', 'customer', 'deals', 'sourcing', 'response'],
  'deal.annulled': ['passes', 'customer', 'deals', 'sourcing', 'response'],
  'deal.payment-received': ['passes', 'customer', 'money', 'sourcing'],
  'deal.payment-annulled': ['passes', 'customer', 'money', 'sourcing'],
  'deal.payment-refunded': ['customer', 'money'],
  'deal.refund-annulled': ['customer', 'money'],
  'spend.recorded': ['spend'],
  'spend.corrected': ['spend'],
};
