import { splitMoney } from '#kernel/money.js';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import { assertCapacity, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import { versionOn } from '../../earning/running-basis.js';
import type { ActiveVersion } from '../../earning/standing.js';
import type { BonusPlanEvent, MemberAmount } from '../../events/bonus-plan-events.js';
import { daysOf, grainOf, type PeriodName } from '../../plan/bonus-period.js';
import { latestOf, planEvent } from '../../plan/plan-event.js';
import type { PlanSight } from '../../plan/plan-sight.js';
import { activeVersions, type BonusPlanState } from '../../plan/plan.js';
import type { PoolFigure } from '../../plan/pool-figure.js';
import { fractionText, isMet } from '../../plan/target.js';
import type { TeamPool } from '../../plan/terms.js';

export interface EvaluatePool extends Dated {
  readonly period: PeriodName;
}

/** The version that holds on the last day of the period, with its pool. */
export interface PoolTerms {
  readonly version: ActiveVersion;
  readonly pool: TeamPool;
}

/** Throws `BONUS.PLAN_NOT_FOUND` (404), `BONUS.BAD_PERIOD` (400), `BONUS.NO_POOL` (409). */
export function poolTermsOf(plan: BonusPlanState, period: PeriodName): PoolTerms {
  const { terms } = latestOf(plan);
  const { to } = daysOf(period);
  if (grainOf(period) !== terms.grain)
    throw malformed('BONUS.BAD_PERIOD', `the plan pays by ${terms.grain}, and "${period}" is none`);
  const version = versionOn(activeVersions(plan), to);
  const pool = version?.terms.teamPool ?? null;
  if (version === null || pool === null)
    throw refused('BONUS.NO_POOL', `no version with a pool for both teams holds at the end of ${period}`);
  return { version, pool };
}

/**
 * EvaluatePool: whether the figure of both teams met its target in a period that is over, by the version that holds on its last day. What the
 * members get is compared with what they were given before, and the difference recorded: again where the figure became another one, and
 * nothing where it did not. Throws (403) `BONUS.ROLE`; what `poolTermsOf` throws; (409) `BONUS.PERIOD_RUNNING`; (503) `BONUS.BUSY` where the
 * plan hangs on another figure by now.
 */
export function evaluatePool(
  asked: Asked<EvaluatePool>,
  sight: Pick<PlanSight, 'today'>,
  plan: BonusPlanState,
  figure: PoolFigure,
): BonusPlanEvent[] {
  const { period } = asked.input;
  assertCapacity(asked, ['finance', 'head'], 'evaluating the pool of both teams');
  const { version, pool } = poolTermsOf(plan, period);
  const occurredAt = occurredAtOf(asked);
  assertOver(period, sight);
  if (figure.metric !== pool.metric || figure.period !== period)
    throw new DomainError('unavailable', 'BONUS.BUSY', 'the plan was changed at this moment; try again');
  const { value } = figure;
  const met = value !== null && isMet(value, pool.target);
  const before = plan.pools.get(period) ?? [];
  const data = {
    planId: version.planId,
    version: version.version,
    hash: version.hash,
    period,
    metric: pool.metric,
    value: value === null ? null : fractionText(value),
    target: pool.target,
    met,
    knownTo: figure.knownTo,
    members: differences(
      met ? partsOf(pool) : [],
      before.flatMap(({ members }) => members),
    ),
  };
  const last = before.at(-1);
  const isSame = last?.value === data.value && last.met === met && last.hash === data.hash && data.members.length === 0;
  return isSame ? [] : [planEvent('bonusplan.pool-evaluated', occurredAt, data)];
}

/** Throws `BONUS.PERIOD_RUNNING` (409) before the day after the last. */
export function assertOver(period: PeriodName, { today }: Pick<PlanSight, 'today'>): void {
  if (today <= daysOf(period).to)
    throw refused('BONUS.PERIOD_RUNNING', `${period} is not over; evaluate its pool afterwards`);
}

/** By largest remainder; of equal remainders the earlier handle's comes first. */
function partsOf({ amount, shares }: TeamPool): MemberAmount[] {
  const ordered = [...shares].sort((a, b) => (a.member < b.member ? -1 : 1));
  const parts = splitMoney(
    amount,
    ordered.map(({ weight }) => weight),
  );
  return ordered.map(({ member }, index) => ({ member, minor: parts[index]?.minor ?? 0 }));
}

/** What makes the one of the other, without zeros and in order of the handles. */
function differences(due: readonly MemberAmount[], given: readonly MemberAmount[]): MemberAmount[] {
  const left = new Map<string, number>();
  const add = (member: string, minor: number): void => void left.set(member, (left.get(member) ?? 0) + minor);
  for (const { member, minor } of due) add(member, minor);
  for (const { member, minor } of given) add(member, -minor);
  return [...left]
    .filter(([, minor]) => minor !== 0)
    .map(([member, minor]) => ({ member, minor }))
    .sort((a, b) => (a.member < b.member ? -1 : 1));
}
