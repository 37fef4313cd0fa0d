import { movementsOf } from '../earning/fold-account.js';
import type { LeadAccount } from '../earning/lead-account.js';
import { judge } from '../earning/judge.js';
import { planStart, runningOf, versionOn } from '../earning/running-basis.js';
import { isTouchedInTime, type Judging } from '../earning/split-reward.js';
import type { ActiveVersion, Standing } from '../earning/standing.js';
import type { MemberAmount } from '../events/bonus-plan-events.js';
import { monthsLater } from '../plan/months.js';
import type { Tier } from '../plan/terms.js';
import type { DayNumber } from '#kernel/time.js';

/** Why a lead has not reached a milestone whose amount it has, or will not reach it. */
export type Obstacle = 'no-marketing-touch' | 'above-at-the-start' | 'too-late';

/** A milestone that a lead may reach; minor units of the organisation's currency. */
export interface Ahead {
  readonly leadId: string;
  readonly tier: Tier;
  readonly running: number;
  /** Up to the threshold; 0 where only an obstacle is in the way. */
  readonly missing: number;
  readonly obstacle: Obstacle | null;
  /** Revenue of payments whose cost nobody knows, so that they do not count. */
  readonly withoutCost: number;
}

/** A reward that refunds may still take back. */
export interface AtRisk {
  readonly leadId: string;
  readonly tier: string;
  readonly crossing: number;
  readonly reward: number;
  readonly members: readonly MemberAmount[];
  /** Last day on which refunds take back. */
  readonly until: DayNumber;
  /** What may be refunded before a fixed reward is gone; of other rewards 0: they shrink with each refund. */
  readonly cushion: number;
}

export interface Prospects {
  readonly ahead: readonly Ahead[];
  readonly atRisk: readonly AtRisk[];
}

/** What a lead is about to earn and what it may still lose, under the version that holds today. Pure. */
export function prospectsOf(
  versions: readonly ActiveVersion[],
  account: LeadAccount,
  judging: Judging,
  today: DayNumber,
): Prospects {
  const standings = judge(versions, account, judging);
  const standing = standings.filter(({ reversed }) => reversed === null);
  const version = versionOn(versions, today);
  return {
    ahead: version === null ? [] : aheadOf(version, versions, account, judging, standing, today),
    atRisk: standing.flatMap((one) => atRiskOf(one, versions, account, today)),
  };
}

function aheadOf(
  version: ActiveVersion,
  versions: readonly ActiveVersion[],
  account: LeadAccount,
  judging: Judging,
  standing: readonly Standing[],
  today: DayNumber,
): Ahead[] {
  const running = runningNow(version, versions, account);
  const withoutCost = version.terms.basis === 'revenue' ? 0 : unknownCost(version, account);
  return version.terms.tiers
    .filter(({ id }) => !standing.some((one) => one.tier === id))
    .map((tier) => {
      const missing = Math.max(0, tier.threshold.minor - running);
      return {
        ...{ leadId: account.leadId, tier, running, missing, withoutCost },
        obstacle: obstacleOf(version, account, judging, missing, today),
      };
    });
}

const runningNow = ({ terms }: ActiveVersion, versions: readonly ActiveVersion[], account: LeadAccount): number =>
  runningOf(movementsOf(account), terms, planStart(versions)).at(-1) ?? 0;

const unknownCost = ({ terms }: ActiveVersion, { deals }: LeadAccount): number =>
  deals
    .filter(({ kind }) => terms.dealKinds.includes(kind))
    .flatMap(({ payments }) => payments)
    .filter(({ profit }) => profit === null)
    .reduce((sum, { revenue, refunds }) => sum + revenue - refunds.reduce((all, one) => all + one.revenue, 0), 0);

function obstacleOf(
  { terms }: ActiveVersion,
  account: LeadAccount,
  judging: Judging,
  missing: number,
  today: DayNumber,
): Obstacle | null {
  if (!isTouchedInTime(account, terms, judging)) return 'no-marketing-touch';
  const payments = account.deals.filter(({ kind }) => terms.dealKinds.includes(kind)).flatMap((deal) => deal.payments);
  const first = payments.length === 0 ? null : Math.min(...payments.map(({ day }) => day));
  if (terms.withinMonths !== null && first !== null && today > monthsLater(first, terms.withinMonths))
    return 'too-late';
  return missing === 0 ? 'above-at-the-start' : null;
}

function atRiskOf(one: Standing, versions: readonly ActiveVersion[], account: LeadAccount, today: DayNumber): AtRisk[] {
  const { tier, crossing, reward, members, version, threshold } = one;
  const { clawbackMonths } = version.terms;
  const movements = movementsOf(account);
  const crossed = movements.find(({ at, eventId }) => at === one.at && one.counted.at(-1) === eventId);
  if (crossed === undefined || reward === 0) return [];
  const until = monthsLater(crossed.day, clawbackMonths);
  if (until < today) return [];
  const kind = version.terms.tiers.find(({ id }) => id === tier)?.reward.kind;
  const running = runningNow(version, versions, account);
  const cushion = kind === 'fixed' ? Math.max(0, running - threshold) : 0;
  return [{ leadId: account.leadId, tier, crossing, reward, members, until, cushion }];
}
