import type { DayNumber } from '#kernel/time.js';
import { monthsLater } from '../plan/months.js';
import type { PlanTerms, Tier } from '../plan/terms.js';
import { movementsOf, type Movement } from './fold-account.js';
import type { LeadAccount } from './lead-account.js';
import { sharesOf } from './percent.js';
import { counts, planStart, runningOf, versionOn } from './running-basis.js';
import { splitReward, touchesOf, type CrossingTouches, type Judging } from './split-reward.js';
import type { ActiveVersion, Standing } from './standing.js';

export type { Beneficiaries, Judging } from './split-reward.js';

/**
 * Every crossing of every tier that the lead must have under a plan, in order of time: at most one a tier stands, those before it
 * were taken back. Judged in business time: payments and refunds by (at, position), each under the version that holds on its day
 * (docs/adr/0036-bonuses-are-judged-whole.md). Pure; the order in which things became known changes nothing.
 *
 * `versions`: the active ones of one plan. Throws RangeError where a version splits by a model that is not a rule.
 */
export function judge(versions: readonly ActiveVersion[], account: LeadAccount, judging: Judging): readonly Standing[] {
  const movements = movementsOf(account);
  if (versions.length === 0 || movements.length === 0) return [];
  const start = planStart(versions);
  const running = new Map(versions.map((version) => [version, runningOf(movements, version.terms, start)]));
  const standings: Open[] = [];
  /** Tiers at or above whose threshold the lead stood when a version began to hold, with that threshold. */
  const windfalls = new Map<string, number>();
  let holding: ActiveVersion | null = null;

  movements.forEach((movement, place) => {
    const version = versionOn(versions, movement.day);
    const sums = version === null ? undefined : running.get(version);
    for (const standing of standings) takeBack(standing, movements, place, running);
    if (version === null || sums === undefined) {
      holding = null;
      return;
    }
    const [from, to] = [sums[place - 1] ?? 0, sums[place] ?? 0];
    const stands = (tier: Tier): boolean => standings.some((one) => one.tier.id === tier.id && one.reversed === null);
    if (version !== holding)
      for (const tier of version.terms.tiers)
        if (from >= tier.threshold.minor && !stands(tier)) windfalls.set(tier.id, tier.threshold.minor);
    holding = version;
    for (const tier of [...version.terms.tiers].sort((a, b) => a.threshold.minor - b.threshold.minor)) {
      const threshold = tier.threshold.minor;
      if (from >= threshold || to < threshold || stands(tier)) continue;
      if (threshold <= (windfalls.get(tier.id) ?? -Infinity)) continue;
      if (tooLate(version.terms, movements, movement, start)) continue;
      const crossing = standings.filter((one) => one.tier.id === tier.id).length + 1;
      const touches = touchesOf(version, account, movement, judging, { tier: tier.id, crossing });
      if (touches === null) continue;
      const lower = tier.replace ? standings.filter((one) => one.reversed === null && isLower(one, tier)) : [];
      const lastDay = monthsLater(movement.day, version.terms.clawbackMonths);
      standings.push({
        ...{ tier, crossing, version, movement, place, running: to, left: to },
        ...{ lastDay, lower, touches, reversed: null },
      });
    }
  });

  return standings.map((standing): Standing => {
    const { tier, crossing, version, movement, place, reversed } = standing;
    const reward = rewardOf(standing, movements, running, versions);
    return {
      ...{ tier: tier.id, crossing, version },
      at: movement.at,
      basis: version.terms.basis,
      threshold: tier.threshold.minor,
      runningAtCrossing: standing.running,
      reward,
      ...splitReward(version, account, movement, reward, standing.touches, judging),
      counted: movements
        .slice(0, place + 1)
        .filter((one) => counts(one, version.terms, start))
        .map(({ eventId }) => eventId),
      reversed:
        reversed === null
          ? null
          : { at: reversed.movement.at, eventId: reversed.movement.eventId, running: reversed.running },
    };
  });
}

/** A crossing while the walk goes on. */
interface Open {
  readonly tier: Tier;
  readonly crossing: number;
  readonly version: ActiveVersion;
  readonly movement: Movement;
  /** Among the movements. */
  readonly place: number;
  readonly running: number;
  /** What is left of the running basis at the crossing, after refunds of it that came in time. */
  left: number;
  /** On which a refund still takes back. */
  readonly lastDay: DayNumber;
  /** What stood of lower tiers, where only the difference is due. */
  readonly lower: readonly Open[];
  readonly touches: CrossingTouches;
  reversed: { readonly movement: Movement; readonly running: number } | null;
}

type Running = ReadonlyMap<ActiveVersion, readonly number[]>;

function tooLate(terms: PlanTerms, movements: readonly Movement[], movement: Movement, start: DayNumber): boolean {
  if (terms.withinMonths === null) return false;
  const first = movements.find((one) => one.refund === null && counts(one, terms, start));
  return first !== undefined && movement.day > monthsLater(first.day, terms.withinMonths);
}

/** A fixed reward goes back when less than the threshold is left, a share when nothing of its base is, an ongoing one when nothing is. */
function takeBack(standing: Open, movements: readonly Movement[], place: number, running: Running): void {
  const { tier, version, reversed, lastDay } = standing;
  const movement = movements[place];
  const sums = running.get(version);
  if (movement === undefined || sums === undefined || reversed !== null || movement.day > lastDay) return;
  const [from, to] = [sums[place - 1] ?? 0, sums[place] ?? 0];
  if (movement.refund !== null && isCounted(movement, standing, movements)) standing.left += to - from;
  if (to >= from) return;
  const gone = {
    fixed: to < tier.threshold.minor,
    share: standing.left <= 0,
    ongoing: to <= 0,
  }[tier.reward.kind];
  if (gone) standing.reversed = { movement, running: to };
}

/** Whether the refund's payment came no later than the crossing. */
const isCounted = ({ payment }: Movement, { place }: Open, movements: readonly Movement[]): boolean =>
  movements.findIndex((other) => other.refund === null && other.payment === payment) <= place;

const isLower = (one: Open, tier: Tier): boolean => one.tier.threshold.minor < tier.threshold.minor;

/** As it stands after all movements. */
function rewardOf(
  standing: Open,
  movements: readonly Movement[],
  running: Running,
  versions: readonly ActiveVersion[],
): number {
  const { tier, left, lower, reversed } = standing;
  if (reversed !== null) return 0;
  const { reward } = tier;
  switch (reward.kind) {
    case 'fixed': {
      const paid = lower.reduce((sum, one) => sum + rewardOf(one, movements, running, versions), 0);
      return Math.max(0, reward.amount.minor - paid);
    }
    case 'share':
      return sharesOf([{ percent: reward.percent, of: Math.max(0, left) }]);
    case 'ongoing':
      return Math.max(0, sharesOf(ongoingParts(standing, movements, running, versions)));
  }
}

/**
 * What lies above the threshold, payment by payment, each less its refunds in time and at the percentage of the version that held when it
 * came: what is given back is taken at the percentage at which it was paid, and never more than was.
 */
function ongoingParts(
  { tier, version, place }: Open,
  movements: readonly Movement[],
  running: Running,
  versions: readonly ActiveVersion[],
): { readonly percent: string; readonly of: number }[] {
  const threshold = tier.threshold.minor;
  const own = running.get(version) ?? [];
  let sum = own[place - 1] ?? 0;
  /** By payment from the crossing on, in order. */
  const net = new Map<Movement['payment'], number>();
  for (let i = place; i < movements.length; i++) {
    const movement = movements[i];
    if (movement === undefined) continue;
    const { payment, refund, day } = movement;
    const delta = (own[i] ?? 0) - (own[i - 1] ?? 0);
    if (refund !== null && day > monthsLater(payment.day, version.terms.clawbackMonths)) continue;
    const known = net.get(payment);
    if (refund !== null && known === undefined) sum += delta;
    else net.set(payment, (known ?? 0) + delta);
  }
  const parts: { percent: string; of: number }[] = [];
  for (const [payment, amount] of net) {
    const above = Math.max(0, sum - threshold);
    sum += amount;
    const percent = ongoingPercent(versionOn(versions, payment.day), tier.id);
    if (percent !== null) parts.push({ percent, of: Math.max(0, sum - threshold) - above });
  }
  return parts;
}

function ongoingPercent(version: ActiveVersion | null, tier: string): string | null {
  const reward = version?.terms.tiers.find(({ id }) => id === tier)?.reward;
  return reward?.kind === 'ongoing' ? reward.percent : null;
}
