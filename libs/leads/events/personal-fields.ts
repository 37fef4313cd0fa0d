import type { PersonalFields } from '#privacy/personal-fields.js';
import type { LeadEvent } from './lead-events.js';

/** What is marked as personal in `lead-events.ts`. Every type is named, so that a new one cannot be forgotten. */
export const LEAD_PERSONAL_FIELDS = {
  'lead.created': ['person'],
  'lead.details-changed': ['person'],
  'lead.touched': ['note'],
  'lead.touch-annulled': ['reason'],
  'lead.assigned': [],
  'lead.mql-qualified': [],
  'lead.accepted': ['note'],
  'lead.rejected': ['note'],
  'lead.sql-qualified': ['note'],
  'lead.recycled': ['note'],
  'lead.disqualified': ['note'],
  'lead.reopened': ['note'],
  'lead.stage-annulled': ['reason'],
  'lead.reviewed': ['note'],
} as const satisfies PersonalFields & Record<LeadEvent['type'], readonly string[]>;
