import { isDeepStrictEqual } from 'node:util';
import { refused } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';
import { occurredAtOf, sameMoment, type Asked, type Dated } from './asked.js';
import type { LeadDeals } from './lead-deals.js';
import { exitOf } from './lead-steps.js';
import type { LeadState } from './lead.js';
import { assertTeam, placeOf, transitionRefused, TRANSITIONS, type Standing } from './transitions.js';

export interface Exit {
  readonly pass: number;
  readonly occurredAt: Instant;
  readonly from: Standing;
}

/**
 * What RejectLead, RecycleLead and DisqualifyLead have in common: null when this very exit stands already. `data` is what the event will
 * say. Throws `LEAD.WRONG_TEAM`, `LEAD.TRANSITION_REFUSED`, `LEAD.MEANS_SOMETHING_ELSE`.
 */
export function leaveFunnel(
  command: 'reject-lead' | 'recycle-lead' | 'disqualify-lead',
  asked: Asked<Dated>,
  lead: LeadState,
  deals: LeadDeals,
  data: { readonly reason: string; readonly note: string | null; readonly until?: string | null },
): Exit | null {
  assertTeam(command, asked.actor);
  const occurredAt = occurredAtOf(asked);
  const { standing } = placeOf(lead, deals);
  const move = TRANSITIONS[command].from[standing];
  if (move === 'again') {
    const exit = exitOf(lead.steps, lead.pass);
    const { assumed: _assumed, ...said } = exit?.data ?? {};
    if (exit !== null && isDeepStrictEqual(said, data) && sameMoment(asked.input, exit.occurredAt)) return null;
    throw refused(
      'LEAD.MEANS_SOMETHING_ELSE',
      `the lead is ${standing} already, for another reason, in other words or at another time`,
    );
  }
  if (move !== 'leave') throw transitionRefused(`${command} is not possible on a lead that is ${standing}`);
  return { pass: lead.pass, occurredAt, from: standing };
}
