import { refused } from '#kernel/errors.js';
import { instantText, type Instant } from '#kernel/time.js';
import { occurredAtOf, sameMoment, type Asked, type Dated } from './asked.js';
import type { LeadDeals } from './lead-deals.js';
import { entryOf, type EnteredStage, type StageStep } from './lead-steps.js';
import { nextPass, type LeadState } from './lead.js';
import { assertTeam, placeOf, transitionRefused, TRANSITIONS, type StageCommand } from './transitions.js';

export interface Entry {
  readonly pass: number;
  readonly occurredAt: Instant;
}

/**
 * Where QualifyMQL, AcceptLead or QualifySQL puts its entry: the current pass, a new one, or (null) nowhere, because the same was recorded
 * before. `means` tells whether a standing entry says what is asked. Throws `LEAD.WRONG_TEAM`, `LEAD.TRANSITION_REFUSED`,
 * `LEAD.MEANS_SOMETHING_ELSE`.
 */
export function enterStage(
  command: StageCommand & ('qualify-mql' | 'accept-lead' | 'qualify-sql'),
  asked: Asked<Dated>,
  lead: LeadState,
  deals: LeadDeals,
  means: (entry: StageStep) => boolean,
): Entry | null {
  assertTeam(command, asked.actor);
  const occurredAt = occurredAtOf(asked);
  const stage = STAGE[command];
  if (asked.input.occurredAt !== undefined && recordedBefore(lead, stage, asked.input.occurredAt, means)) return null;

  const { standing, since } = placeOf(lead, deals);
  const move = TRANSITIONS[command].from[standing];
  // Of an undated command nothing says that it belongs before the end of the pass.
  if (move === 're-enter' && !(asked.input.occurredAt !== undefined && since !== null && occurredAt < since)) {
    return { pass: nextPass(lead), occurredAt };
  }
  const entered = entryOf(lead.steps, lead.pass, stage);
  if (entered !== null) {
    if (means(entered) && sameMoment(asked.input, entered.occurredAt)) return null;
    throw refused(
      'LEAD.MEANS_SOMETHING_ELSE',
      `pass ${lead.pass} has its ${stage} of ${instantText(entered.occurredAt)} already, with another meaning`,
    );
  }
  if (move === 'backfill' && (since === null || occurredAt >= since)) {
    throw transitionRefused(
      `${command} on a lead that is ${standing}${since === null ? '' : ` since ${instantText(since)}`} is possible only for something that occurred before that`,
    );
  }
  return { pass: lead.pass, occurredAt };
}

const STAGE: Readonly<Record<'qualify-mql' | 'accept-lead' | 'qualify-sql', EnteredStage>> = {
  'qualify-mql': 'mql',
  'accept-lead': 'sal',
  'qualify-sql': 'sql',
};

/** The same stage at the same moment with the same meaning, in whichever pass: a row that comes again. */
const recordedBefore = (
  lead: LeadState,
  stage: EnteredStage,
  at: Instant,
  means: (entry: StageStep) => boolean,
): boolean =>
  lead.steps.some((step) => step.kind === 'stage' && step.stage === stage && step.occurredAt === at && means(step));
