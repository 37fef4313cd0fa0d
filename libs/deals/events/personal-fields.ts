import type { PersonalFields } from '#privacy/personal-fields.js';
import type { DealEvent } from './deal-events.js';
import type { MarginEvent } from './margin-events.js';

/** What is marked as personal in `deal-events.ts`. Every type is named, so that a new one cannot be forgotten. */
export const DEAL_PERSONAL_FIELDS = {
  'deal.opened': [],
  'deal.amended': ['reason'],
  'deal.assigned': [],
  'deal.advanced': [],
  'deal.won': ['note'],
  'deal.lost': ['note'],
  'deal.reopened': ['reason'],
  'deal.annulled': ['reason'],
  'deal.payment-received': [],
  'deal.payment-annulled': ['reason'],
  'deal.payment-refunded': [],
  'deal.refund-annulled': ['reason'],
  'definition.margins-defined': [],
} as const satisfies PersonalFields & Record<(DealEvent | MarginEvent)['type'], readonly string[]>;
