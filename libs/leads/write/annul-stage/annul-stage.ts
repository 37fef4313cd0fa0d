import { refused } from '#kernel/errors.js';
import { occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { LeadEvent } from '../../events/lead-events.js';
import { inPass, type LeadDeals } from '../../lead-deals.js';
import type { EnteredStage } from '../../lead-steps.js';
import type { LeadState } from '../../lead.js';
import { assertTeam, transitionRefused, TRANSITIONS } from '../../transitions.js';

export interface AnnulStageInput extends Dated {
  readonly reason: string | null;
  /** Which stage is meant, for whoever takes back several: without it a second annulment is a repeat of the first. */
  readonly stage?: EnteredStage;
}

/**
 * Takes back the stage event that was recorded last (a mis-click). Where that event had begun its pass, the pass is cancelled and the exit
 * before it stands again.
 */
export function annulStage(asked: Asked<AnnulStageInput>, lead: LeadState, deals: LeadDeals): LeadEvent[] {
  assertTeam('annul-stage', asked.actor);
  const occurredAt = occurredAtOf(asked);
  if (isRepeat(asked.input, lead)) return [];
  const last = lead.steps.at(-1);
  if (last?.kind !== 'stage' || TRANSITIONS['annul-stage'].from[lead.stage] !== 'annul') {
    const why =
      last?.kind === 'exit' ? `it was ${last.stage} after that; reopen it first` : 'no stage was recorded in this pass';
    throw transitionRefused(`there is no stage to annul: ${why}`);
  }
  if (asked.input.stage !== undefined && asked.input.stage !== last.stage) {
    throw transitionRefused(`the stage recorded last is ${last.stage}, not ${asked.input.stage}`);
  }
  const own = inPass(deals, last.pass);
  if (last.opensPass && own.deals.some((deal) => deal.status !== 'annulled')) {
    throw transitionRefused(`a deal was opened in pass ${last.pass}, which this would cancel: annul the deal first`);
  }
  return [
    {
      type: 'lead.stage-annulled',
      leadId: asked.leadId,
      pass: last.pass,
      occurredAt,
      data: { annuls: last.revision, stage: last.stage, cancelsPass: last.opensPass, reason: asked.input.reason },
    },
  ];
}

/** The last thing that happened to the stages was this very annulment. Throws when it was one with another reason. */
function isRepeat(input: AnnulStageInput, lead: LeadState): boolean {
  const last = lead.lastStep;
  if (last?.type !== 'lead.stage-annulled') return false;
  if (input.stage !== undefined && input.stage !== last.data.stage) return false;
  if (last.data.reason === input.reason) return true;
  throw refused('LEAD.MEANS_SOMETHING_ELSE', `the ${last.data.stage} was annulled already, for another reason`);
}
