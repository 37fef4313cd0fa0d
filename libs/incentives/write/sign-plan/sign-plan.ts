import { parseDay } from '#kernel/time.js';
import { refused } from '#kernel/errors.js';
import { assertCapacity, forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { BonusPlanEvent } from '../../events/bonus-plan-events.js';
import { latestOf, planEvent, versionSaid } from '../../plan/plan-event.js';
import type { PlanSight } from '../../plan/plan-sight.js';
import type { BonusPlanState } from '../../plan/plan.js';
import type { Signatory } from '../../plan/terms.js';

export interface SignPlan extends Dated {
  readonly version: number;
  readonly hash: string;
  readonly as: Signatory;
}

/**
 * SignPlan: the head whom the terms name signs this exact content; the third signature makes the version active. Throws `BONUS.PLAN_NOT_FOUND`,
 * `BONUS.NO_SUCH_VERSION`; (403) `BONUS.ROLE`, `BONUS.NOT_THE_SIGNATORY`; (409) `BONUS.HASH_MISMATCH`, `BONUS.SUPERSEDED`,
 * `BONUS.PLAN_ENDED`, `BONUS.PERIOD_CLOSED` (it would begin in a period that was closed since it was drafted).
 */
export function signPlan(asked: Asked<SignPlan>, sight: PlanSight, plan: BonusPlanState): BonusPlanEvent[] {
  const { actor, authenticated } = asked;
  const { version, hash, as } = asked.input;
  const { planId, terms, signatures } = versionSaid(plan, version, hash);
  assertCapacity(asked, as === 'finance' ? ['head', 'finance'] : ['head'], `signing for ${as}`);
  if (actor.id !== terms.signatories[as])
    throw forbidden('BONUS.NOT_THE_SIGNATORY', `version ${version} names ${terms.signatories[as]} to sign for ${as}`);
  const occurredAt = occurredAtOf(asked);
  if (signatures.has(as)) return [];
  if (plan.ended !== null) throw refused('BONUS.PLAN_ENDED', `the plan ended on ${plan.ended.on}`);
  const latest = latestOf(plan);
  if (latest.version !== version)
    throw refused('BONUS.SUPERSEDED', `version ${latest.version} was drafted since; read and sign that one`);
  if ((parseDay(terms.effectiveFrom) ?? 0) <= (sight.closedThrough(terms.grain) ?? -Infinity))
    throw refused(
      'BONUS.PERIOD_CLOSED',
      `${terms.effectiveFrom} lies in a period that is closed by now; draft the version with a later first day`,
    );
  return [planEvent('bonusplan.signed', occurredAt, { planId, version, hash, as, member: actor.id, authenticated })];
}
