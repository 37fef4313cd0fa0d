import type { HistoryEventType } from '../history/fold.js';

/** C is the union of these. Deals and money are one list a deal, spend one a spend, the others one a lead. */
export type Part = 'passes' | 'customer' | 'deals' | 'money' | 'spend';
export const PARTS: readonly Part[] = ['passes', 'customer', 'deals', 'money', 'spend'];

export type PartsByEvent = Readonly<Record<HistoryEventType, readonly Part[]>>;

const ALL: readonly Part[] = ['passes', 'customer', 'deals', 'money'];

/**
 * The parts that an event of this type can change; only they are compared. `parts.unit.spec.ts` holds that nothing else ever changes and that
 * every entry is needed. An event of a deal changes the deals and money of that deal alone.
 */
export const PARTS_OF_EVENT: PartsByEvent = {
  'lead.created': ['passes'],
  'lead.details-changed': ALL,
  'lead.touched': ALL,
  'lead.touch-annulled': ALL,
  'lead.assigned': ALL,
  'lead.mql-qualified': ['passes'],
  'lead.accepted': ALL,
  'lead.sql-qualified': ['passes'],
  'lead.reopened': ['passes'],
  'lead.stage-annulled': ALL,
  'deal.opened': ['passes', 'deals'],
  'deal.amended': ['deals', 'money'],
  'deal.assigned': ['deals', 'money'],
  'deal.advanced': ['deals', 'money'],
  'deal.won': ['passes', 'customer', 'deals'],
  'deal.lost': ['deals'],
  'deal.reopened': ['passes', 'customer', 'deals'],
  'deal.annulled': ['passes', 'customer', 'deals'],
  'deal.payment-received': ['passes', 'customer', 'money'],
  'deal.payment-annulled': ['passes', 'customer', 'money'],
  'deal.payment-refunded': ['customer', 'money'],
  'deal.refund-annulled': ['customer', 'money'],
  'spend.recorded': ['spend'],
  'spend.corrected': ['spend'],
};
