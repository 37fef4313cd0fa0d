import { refused } from '#kernel/errors.js';
import { assumedOf, occurredAtOf, sameMoment, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent, LeadReopenedData } from '../../events/lead-events.js';
import { exitOf, type ExitStage, type ExitStep } from '../../lead-steps.js';
import { nextPass, type LeadState } from '../../lead.js';
import { assertTeam, transitionRefused, TRANSITIONS, wrongTeam } from '../../transitions.js';

export interface ReopenLeadInput extends Dated {
  readonly mode: LeadReopenedData['mode'];
  readonly note: string | null;
  /** Which exit is meant, for whoever takes back two: without it a second correction is a repeat of the first. */
  readonly exit?: ExitStage;
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
  if (isRepeat(asked.input, lead, exit)) return [];
  if (exit === null || TRANSITIONS['reopen-lead'].from[exit.stage] !== 'reopen') {
    throw transitionRefused(`the lead is ${lead.stage}: there is nothing to reopen`);
  }
  if (asked.input.exit !== undefined && asked.input.exit !== exit.stage) {
    throw transitionRefused(`the exit that stands is ${exit.stage}, not ${asked.input.exit}`);
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

/** The last thing that happened to the lead's way was this very reopening. Throws when it was another one and nothing else can be meant. */
function isRepeat(input: ReopenLeadInput, lead: LeadState, exit: ExitStep | null): boolean {
  const last = lead.lastStep;
  if (last?.type !== 'lead.reopened') return false;
  // Behind a correction an earlier exit may stand again: it is meant when it is named, or when a new pass is asked for.
  if (exit !== null && (input.exit === exit.stage || input.mode === 'new-pass')) return false;
  if (last.data.mode === input.mode && last.data.note === input.note && sameMoment(input, last.occurredAt)) return true;
  throw refused(
    'LEAD.MEANS_SOMETHING_ELSE',
    exit === null
      ? `the lead was reopened already, as ${last.data.mode}`
      : `the lead was reopened already; to take back that it was ${exit.stage} as well, name that exit`,
  );
}

function mayReopen({ actor, role }: AskedToReopen, closer: string): boolean {
  const head = role === 'head' && (actor.team === 'marketing' || actor.team === 'sales');
  return head || actor.team === 'system' || actor.id === closer;
}
