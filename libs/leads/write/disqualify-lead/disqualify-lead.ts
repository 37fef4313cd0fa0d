import { builtIn } from '#codelists/code-list.js';
import type { CodeList } from '#codelists/events/code-list-events.js';
import { assumedOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent } from '../../events/lead-events.js';
import type { LeadDeals } from '../../lead-deals.js';
import { leaveFunnel } from '../../leave-funnel.js';
import type { LeadState } from '../../lead.js';
import { assertReason } from '../../reasons.js';
import { transitionRefused } from '../../transitions.js';

export interface DisqualifyLeadInput extends Dated {
  readonly reason: string;
  readonly note: string | null;
}

/** Either team takes the lead out for good; only ReopenLead leads back. */
export function disqualifyLead(
  asked: Asked<DisqualifyLeadInput>,
  lead: LeadState,
  deals: LeadDeals,
  codes: CodeList = builtIn('disqualify'),
): LeadEvent[] {
  const { reason, note } = asked.input;
  assertReason(codes, reason, note);
  const exit = leaveFunnel('disqualify-lead', asked, lead, deals, { reason, note });
  if (exit === null) return [];
  if (deals.customer) throw transitionRefused('a customer cannot be disqualified');
  return [
    {
      type: 'lead.disqualified',
      leadId: asked.leadId,
      pass: exit.pass,
      occurredAt: exit.occurredAt,
      data: { reason, note, ...assumedOf(asked.input) },
    },
  ];
}
