import { assumedOf, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadDetailsChangedData, LeadEvent } from '../../events/lead-events.js';
import { detailsDifference } from '../../lead-details.js';
import type { LeadState } from '../../lead.js';

/** Only what shall change; null clears. `externalIds` is the whole new list. */
export interface ChangeDetailsInput extends Dated, Omit<LeadDetailsChangedData, 'assumed'> {}

/** Records what differs from what is known, and nothing else. */
export function changeDetails(asked: Asked<ChangeDetailsInput>, lead: LeadState): LeadEvent[] {
  const occurredAt = occurredAtOf(asked);
  const changed = detailsDifference(lead.details, asked.input);
  if (changed === null) return [];
  return [
    {
      type: 'lead.details-changed',
      leadId: asked.leadId,
      pass: lead.pass,
      occurredAt,
      data: { ...changed, ...assumedOf(asked.input) },
    },
  ];
}
