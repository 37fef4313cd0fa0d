import { assumedOf, type Asked, type Dated } from '../../asked.js';
import { enterStage } from '../../enter-stage.js';
import type { LeadEvent } from '../../events/lead-events.js';
import type { LeadDeals } from '../../lead-deals.js';
import { ownerOf, type LeadState } from '../../lead.js';

export interface AcceptLeadInput extends Dated {
  readonly note: string | null;
}

/** Sales agrees to work the lead (SAL). Who accepts a lead without owner becomes its owner. */
export function acceptLead(asked: Asked<AcceptLeadInput>, lead: LeadState, deals: LeadDeals): LeadEvent[] {
  const { note } = asked.input;
  const entry = enterStage('accept-lead', asked, lead, deals, ({ data }) => 'note' in data && data.note === note);
  if (entry === null) return [];
  // The system (an import, a reaction) is nobody: it accepts in someone's name and owns nothing.
  const becomesOwner = ownerOf(lead).owner === null && asked.actor.team !== 'system' ? asked.actor.id : null;
  return [
    {
      type: 'lead.accepted',
      leadId: asked.leadId,
      ...entry,
      data: { becomesOwner, note, ...assumedOf(asked.input) },
    },
  ];
}
