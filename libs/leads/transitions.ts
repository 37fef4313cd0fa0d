import { DomainError, refused } from '#kernel/errors.js';
import type { Actor, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { LeadStage } from './events/lead-events.js';
import { firstWin, inPass, type LeadDeals } from './lead-deals.js';
import { exitOf, furthestEntry } from './lead-steps.js';
import type { LeadState } from './lead.js';

export type StageCommand =
  | 'qualify-mql'
  | 'accept-lead'
  | 'qualify-sql'
  | 'reject-lead'
  | 'recycle-lead'
  | 'disqualify-lead'
  | 'reopen-lead'
  | 'annul-stage';

/** Where a lead stands for a decision; `customer`: the current pass has ended with a win. */
export type Standing = LeadStage | 'customer';

/**
 * What a command does to a lead that stands there. `enter`: the stage is entered · `re-enter`: it begins a new pass, unless it occurred
 * before the last one ended (then it is a backfill) · `backfill`: only what occurred before may be added · `leave`: the exit is taken ·
 * `reopen`, `annul` · `again`: nothing to do, or refused when it means something else · `refuse`.
 */
export type Move = 'enter' | 're-enter' | 'backfill' | 'leave' | 'reopen' | 'annul' | 'again' | 'refuse';

export interface Transition {
  readonly who: readonly Team[];
  readonly from: Readonly<Record<Standing, Move>>;
}

const MARKETING = ['marketing', 'system'] as const;
const SALES = ['sales', 'system'] as const;
const BOTH = ['marketing', 'sales', 'system'] as const;

const ENTRY = { rejected: 're-enter', recycled: 're-enter', customer: 're-enter', disqualified: 'backfill' } as const;

/** Every rule that a state and a team decide; what else a command asks for stands in its own decision. */
export const TRANSITIONS: Readonly<Record<StageCommand, Transition>> = {
  'qualify-mql': { who: MARKETING, from: { lead: 'enter', mql: 'again', sal: 'backfill', sql: 'backfill', ...ENTRY } },
  'accept-lead': { who: SALES, from: { lead: 'enter', mql: 'enter', sal: 'again', sql: 'backfill', ...ENTRY } },
  'qualify-sql': { who: SALES, from: { lead: 'enter', mql: 'enter', sal: 'enter', sql: 'again', ...ENTRY } },
  // A mere lead only when it is assigned to sales.
  'reject-lead': {
    who: SALES,
    from: {
      lead: 'leave',
      mql: 'leave',
      sal: 'refuse',
      sql: 'refuse',
      rejected: 'again',
      recycled: 'refuse',
      disqualified: 'refuse',
      customer: 'refuse',
    },
  },
  // A mere lead only when all its deals are lost; marketing only from mql, as not worked in time.
  'recycle-lead': {
    who: BOTH,
    from: {
      lead: 'leave',
      mql: 'leave',
      sal: 'leave',
      sql: 'leave',
      rejected: 'refuse',
      recycled: 'again',
      disqualified: 'refuse',
      customer: 'refuse',
    },
  },
  'disqualify-lead': {
    who: BOTH,
    from: {
      lead: 'leave',
      mql: 'leave',
      sal: 'leave',
      sql: 'leave',
      rejected: 'leave',
      recycled: 'leave',
      disqualified: 'again',
      customer: 'refuse',
    },
  },
  // Who closed it, or a head of either team: the decision asks.
  'reopen-lead': {
    who: ['marketing', 'sales', 'finance', 'management', 'system'],
    from: {
      lead: 'refuse',
      mql: 'refuse',
      sal: 'refuse',
      sql: 'refuse',
      rejected: 'reopen',
      recycled: 'reopen',
      disqualified: 'reopen',
      customer: 'refuse',
    },
  },
  // Of an ended pass only what was added after its end.
  'annul-stage': {
    who: BOTH,
    from: {
      lead: 'refuse',
      mql: 'annul',
      sal: 'annul',
      sql: 'annul',
      rejected: 'annul',
      recycled: 'annul',
      disqualified: 'annul',
      customer: 'annul',
    },
  },
};

export interface Place {
  readonly standing: Standing;
  /** Since when by business time: the entry, the exit, the win; null for a mere lead. */
  readonly since: Instant | null;
}

export function placeOf(lead: LeadState, deals: LeadDeals): Place {
  const exit = exitOf(lead.steps, lead.pass);
  if (exit !== null) return { standing: exit.stage, since: exit.occurredAt };
  const win = firstWin(inPass(deals, lead.pass));
  if (win !== null) return { standing: 'customer', since: win };
  return { standing: lead.stage, since: furthestEntry(lead.steps, lead.pass)?.occurredAt ?? null };
}

/** Throws `LEAD.WRONG_TEAM` (403) when this command is not the team's. */
export function assertTeam(command: StageCommand, actor: Actor): void {
  const { who } = TRANSITIONS[command];
  if (!who.includes(actor.team)) throw wrongTeam(`${command} is for ${who.join(' or ')}, not for ${actor.team}`);
}

export const wrongTeam = (detail: string): DomainError => new DomainError('forbidden', 'LEAD.WRONG_TEAM', detail);

export const transitionRefused = (detail: string): DomainError => refused('LEAD.TRANSITION_REFUSED', detail);
