import { malformed, refused } from '#kernel/errors.js';
import { parseDay } from '#kernel/time.js';
import { assertCapacity, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { BonusPlanEvent } from '../../events/bonus-plan-events.js';
import { latestOf, planEvent } from '../../plan/plan-event.js';
import type { PlanSight } from '../../plan/plan-sight.js';
import type { BonusPlanState } from '../../plan/plan.js';

export interface EndPlan extends Dated {
  /** Last day. */
  readonly on: string;
  readonly reason: string | null;
}

/**
 * EndPlan: nothing is earned under the plan after a day, which is today or later: what was earned stays earned, and clawback goes on. Throws
 * `BONUS.ROLE` (403), `BONUS.PLAN_NOT_FOUND` (404), `BONUS.END_IN_PAST` (400), `BONUS.PLAN_ENDED` (409).
 */
export function endPlan(asked: Asked<EndPlan>, sight: PlanSight, plan: BonusPlanState): BonusPlanEvent[] {
  const { on, reason } = asked.input;
  assertCapacity(asked, ['head', 'finance'], 'ending a plan');
  const { planId } = latestOf(plan);
  const occurredAt = occurredAtOf(asked);
  if (plan.ended !== null) {
    if (plan.ended.on === on) return [];
    throw refused('BONUS.PLAN_ENDED', `the plan ends on ${plan.ended.on} already`);
  }
  if ((parseDay(on) ?? -Infinity) < sight.today)
    throw malformed('BONUS.END_IN_PAST', 'the last day of a plan is today or later: what was earned stays earned');
  return [planEvent('bonusplan.ended', occurredAt, { planId, on, reason })];
}
