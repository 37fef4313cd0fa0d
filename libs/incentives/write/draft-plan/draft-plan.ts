import { isDeepStrictEqual } from 'node:util';
import { malformed, refused } from '#kernel/errors.js';
import { assertCapacity, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { BonusPlanEvent } from '../../events/bonus-plan-events.js';
import { latestOf, planEvent } from '../../plan/plan-event.js';
import { planHash } from '../../plan/plan-hash.js';
import type { PlanSight } from '../../plan/plan-sight.js';
import type { BonusPlanState } from '../../plan/plan.js';
import { termsFaults } from '../../plan/terms-faults.js';
import type { PlanTerms } from '../../plan/terms.js';

export interface DraftPlan extends Dated {
  readonly planId: string;
  /** Whether this is the first version, of a plan that begins with it. */
  readonly isNew: boolean;
  readonly terms: PlanTerms;
}

/**
 * DraftPlan: the plan's next version, whole, for the heads to sign; the same terms as the latest version are nothing to do. Throws `BONUS.ROLE`
 * (403), `BONUS.PLAN_NOT_FOUND` (404), `BONUS.BAD_TERMS` (400, with every fault), `BONUS.GRAIN_FIXED` and `BONUS.PLAN_ENDED` (409).
 */
export function draftPlan(asked: Asked<DraftPlan>, sight: PlanSight, plan: BonusPlanState): BonusPlanEvent[] {
  const { planId, isNew, terms } = asked.input;
  assertCapacity(asked, ['head', 'finance'], 'drafting a plan');
  const latest = isNew ? null : latestOf(plan);
  const occurredAt = occurredAtOf(asked);
  if (plan.ended !== null) throw refused('BONUS.PLAN_ENDED', `the plan ended on ${plan.ended.on}; begin another one`);
  if (latest !== null && isDeepStrictEqual(latest.terms, terms)) return [];
  const faults = termsFaults(terms, sight);
  if (faults.length > 0) throw malformed('BONUS.BAD_TERMS', faults.map(({ detail }) => detail).join('; '), faults);
  if (latest !== null && latest.terms.grain !== terms.grain)
    throw refused('BONUS.GRAIN_FIXED', `the plan pays by ${latest.terms.grain}; another grain takes another plan`);
  const version = (latest?.version ?? 0) + 1;
  const content = { planId, version, terms };
  return [planEvent('bonusplan.drafted', occurredAt, { ...content, hash: planHash(content) })];
}
