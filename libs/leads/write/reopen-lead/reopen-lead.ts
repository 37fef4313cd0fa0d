import { refused } from '#kernel/errors.js';
import { assumedOf, occurredAtOf, sameMoment, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent, LeadReopenedData } from '../../events/lead-events.js';
import { exitOf } from '../../lead-steps.js';
import { nextPass, type LeadState } from '../../lead.js';
import { assertTeam, transitionRefused, TRANSITIONS, wrongTeam } from '../../transitions.js';

export interface ReopenLeadInput extends Dated {
  readonly mode: LeadReopenedData['mode'];
  readonly note: string | null;
}

/** Asked with the actor's role by the roster, null when it does not know them. */
export interface AskedToReopen extends Asked<ReopenLeadInput> {
  readonly role: 'member' | 'head' | null;
}

/**
 * Takes an exit back as an error (`correction`: same pass, the stage that it had), or begins a new pass. Only who closed the lead, or a head
 * of either team.
 */
export function reopenLead(asked: AskedToReopen, lead: LeadState): LeadEvent[] {
  const { mode, note } = asked.input;
  assertTeam('reopen-lead', asked.actor);
  const occurredAt = occurredAtOf(asked);
  const exit = exitOf(lead.steps, lead.pass);
  if (exit === null || TRANSITIONS['reopen-lead'].from[exit.stage] !== 'reopen') {
    const last = lead.lastStep;
    if (last?.type !== 'lead.reopened')
      throw transitionRefused(`the lead is ${lead.stage}: there is nothing to reopen`);
    if (last.data.mode === mode && last.data.note === note && sameMoment(asked.input, last.occurredAt)) return [];
    throw refused('LEAD.MEANS_SOMETHING_ELSE', `the lead was reopened already, as ${last.data.mode}`);
  }
  if (!mayReopen(asked, exit.actor.id)) {
    throw wrongTeam('a lead is reopened by who closed it, or by a head of marketing or sales');
  }
  const data: LeadReopenedData = {
    mode,
    annuls: mode === 'correction' ? exit.revision : null,
    note,
    ...assumedOf(asked.input),
  };
  const pass = mode === 'correction' ? exit.pass : nextPass(lead);
  return [{ type: 'lead.reopened', leadId: asked.leadId, pass, occurredAt, data }];
}

function mayReopen({ actor, role }: AskedToReopen, closer: string): boolean {
  const head = role === 'head' && (actor.team === 'marketing' || actor.team === 'sales');
  return head || actor.team === 'system' || actor.id === closer;
}
