import { builtIn } from '#codelists/code-list.js';
import type { CodeList } from '#codelists/events/code-list-events.js';
import { assumedOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent } from '../../events/lead-events.js';
import { inPass, type LeadDeals } from '../../lead-deals.js';
import { leaveFunnel } from '../../leave-funnel.js';
import { ownerOf, type LeadState } from '../../lead.js';
import { assertReason } from '../../reasons.js';
import { transitionRefused } from '../../transitions.js';

export interface RejectLeadInput extends Dated {
  readonly reason: string;
  readonly note: string | null;
}

/** Sales gives an MQL, or a lead that was assigned to it, back to marketing, unworked. */
export function rejectLead(
  asked: Asked<RejectLeadInput>,
  lead: LeadState,
  deals: LeadDeals,
  codes: CodeList = builtIn('reject'),
): LeadEvent[] {
  const { reason, note } = asked.input;
  assertReason(codes, reason, note);
  const exit = leaveFunnel('reject-lead', asked, lead, deals, { reason, note });
  if (exit === null) return [];
  if (exit.from === 'lead' && ownerOf(lead).team !== 'sales') {
    throw transitionRefused('a lead that is neither MQL nor assigned to sales cannot be rejected');
  }
  const { openDeals, allLost } = inPass(deals, exit.pass);
  if (openDeals > 0 || allLost) {
    throw transitionRefused('sales has worked this lead (it has a deal): recycle it instead once its deals are lost');
  }
  return [
    {
      type: 'lead.rejected',
      leadId: asked.leadId,
      pass: exit.pass,
      occurredAt: exit.occurredAt,
      data: { reason, note, ...assumedOf(asked.input) },
    },
  ];
}
