import { builtIn } from '#codelists/code-list.js';
import type { CodeList } from '#codelists/events/code-list-events.js';
import { assumedOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent } from '../../events/lead-events.js';
import { inPass, type LeadDeals } from '../../lead-deals.js';
import { leaveFunnel } from '../../leave-funnel.js';
import type { LeadState } from '../../lead.js';
import { assertReason, NOT_WORKED_IN_TIME } from '../../reasons.js';
import { transitionRefused, wrongTeam } from '../../transitions.js';

export interface RecycleLeadInput extends Dated {
  readonly reason: string;
  readonly note: string | null;
  /** A day (`2026-06-01`) before which nobody should work it. */
  readonly until: string | null;
}

/** The lead goes back to nurturing: not now. Marketing may do so only with an MQL that sales did not work in time. */
export function recycleLead(
  asked: Asked<RecycleLeadInput>,
  lead: LeadState,
  deals: LeadDeals,
  codes: CodeList = builtIn('recycle'),
): LeadEvent[] {
  const { reason, note, until } = asked.input;
  assertReason(codes, reason, note);
  const marketing = asked.actor.team === 'marketing';
  if (marketing && reason !== NOT_WORKED_IN_TIME) {
    throw wrongTeam(`marketing may recycle a lead only as ${NOT_WORKED_IN_TIME}`);
  }
  const exit = leaveFunnel('recycle-lead', asked, lead, deals, { reason, note, until });
  if (exit === null) return [];
  const { openDeals, allLost } = inPass(deals, exit.pass);
  if (openDeals > 0) throw transitionRefused('the lead has an open deal: close or annul it first');
  if (exit.from === 'lead' && !allLost) {
    throw transitionRefused('a lead that nobody qualified cannot be recycled, unless all its deals are lost');
  }
  if (marketing && (exit.from !== 'mql' || allLost)) {
    throw wrongTeam('marketing may recycle an MQL that sales did not work; sales worked this lead');
  }
  return [
    {
      type: 'lead.recycled',
      leadId: asked.leadId,
      pass: exit.pass,
      occurredAt: exit.occurredAt,
      data: { reason, note, until, ...assumedOf(asked.input) },
    },
  ];
}
