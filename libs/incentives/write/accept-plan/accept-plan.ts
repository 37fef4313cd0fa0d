import { refused } from '#kernel/errors.js';
import { forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { BonusPlanEvent } from '../../events/bonus-plan-events.js';
import { planEvent, versionSaid } from '../../plan/plan-event.js';
import type { PlanSight } from '../../plan/plan-sight.js';
import { isPayee, type BonusPlanState } from '../../plan/plan.js';

export interface AcceptPlan extends Dated {
  readonly version: number;
  readonly hash: string;
}

/**
 * AcceptPlan: a payee accepts this exact content, for themselves only; until then what they earn under it is held. Somebody who joins accepts
 * what is in force, and nobody signs again. Throws `BONUS.PLAN_NOT_FOUND`, `BONUS.NO_SUCH_VERSION`; `BONUS.NOT_A_PAYEE` (403);
 * (409) `BONUS.HASH_MISMATCH`, `BONUS.NOT_SIGNED`.
 */
export function acceptPlan(asked: Asked<AcceptPlan>, _sight: PlanSight, plan: BonusPlanState): BonusPlanEvent[] {
  const { actor, authenticated } = asked;
  const { version, hash } = asked.input;
  const { planId, terms, acceptances, active } = versionSaid(plan, version, hash);
  const team = actor.team === 'system' ? null : actor.team;
  if (!isPayee(terms, actor.id, team))
    throw forbidden('BONUS.NOT_A_PAYEE', 'a payee accepts a plan for themselves, and these terms do not pay you');
  const occurredAt = occurredAtOf(asked);
  if (acceptances.has(actor.id)) return [];
  if (active === null) throw refused('BONUS.NOT_SIGNED', `the heads have not all signed version ${version} yet`);
  return [planEvent('bonusplan.accepted', occurredAt, { planId, version, hash, member: actor.id, authenticated })];
}
