import { DomainError } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';
import type { BonusPlanEvent } from '../events/bonus-plan-events.js';
import type { BonusPlanState, PlanVersion } from './plan.js';

type DataOf<Type extends BonusPlanEvent['type']> = Extract<BonusPlanEvent, { type: Type }>['data'];

export function planEvent<Type extends BonusPlanEvent['type']>(
  type: Type,
  occurredAt: Instant,
  data: DataOf<Type>,
): BonusPlanEvent {
  const event = { type, occurredAt, leadId: null, pass: null, data };
  return event as unknown as BonusPlanEvent; // `type` and `data` belong together by the signature, which the union cannot follow
}

/** The latest version; throws `BONUS.PLAN_NOT_FOUND` (404). */
export function latestOf(plan: BonusPlanState): PlanVersion {
  const latest = plan.versions.at(-1);
  if (latest === undefined) throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan');
  return latest;
}

/**
 * The version that has exactly this content. Throws `BONUS.PLAN_NOT_FOUND` (404), `BONUS.NO_SUCH_VERSION` (400), and `BONUS.HASH_MISMATCH`
 * (409, `extra.hash` is the version's): nobody signs or accepts what they did not read.
 */
export function versionSaid(plan: BonusPlanState, version: number, hash: string): PlanVersion {
  const latest = latestOf(plan);
  const found = plan.versions.find((one) => one.version === version);
  if (found === undefined)
    throw new DomainError('malformed', 'BONUS.NO_SUCH_VERSION', `the plan is at version ${latest.version}`);
  if (found.hash !== hash)
    throw new DomainError('refused', 'BONUS.HASH_MISMATCH', `version ${version} has another content than that hash`, {
      hash: found.hash,
    });
  return found;
}
