import type { Team } from '#kernel/envelope.js';
import { assumedOf, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent } from '../../events/lead-events.js';
import { assignmentAt } from '../../lead-owner.js';
import type { LeadState } from '../../lead.js';

export interface AssignLeadInput extends Dated {
  /** A member's handle; null leaves the lead to the team's queue, or to nobody. */
  readonly owner: string | null;
  readonly team: Team | null;
}

/** From occurredAt on, this member (or team) is in charge. Nothing to do where they were in charge at that moment already. */
export function assignLead(asked: Asked<AssignLeadInput>, lead: LeadState): LeadEvent[] {
  const { owner, team } = asked.input;
  const occurredAt = occurredAtOf(asked);
  const inCharge = assignmentAt(lead.assignments, occurredAt);
  if ((inCharge?.owner ?? null) === owner && (inCharge?.team ?? null) === team) return [];
  return [
    {
      type: 'lead.assigned',
      leadId: asked.leadId,
      pass: lead.pass,
      occurredAt,
      data: { owner, team, ...assumedOf(asked.input) },
    },
  ];
}
