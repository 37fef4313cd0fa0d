import type { FieldError } from '#kernel/errors.js';
import type { Money } from '#kernel/money.js';
import { percentSteps } from '#kernel/percent.js';
import { parseDay } from '#kernel/time.js';
import { DEAL_KINDS } from '#deals/events/deal-events.js';
import type { PlanSight } from './plan-sight.js';
import {
  BASES,
  SIGNATORIES,
  type MemberShare,
  type PlanTerms,
  type Reward,
  type Split,
  type TeamPool,
  type Tier,
} from './terms.js';

/** At most so many tiers, payees and shares. */
const MOST = 200;
const ID = /^[a-z0-9-]{1,64}$/;

/** Everything that is wrong with a version's terms, by the place in the body; nothing where heads may sign it. */
export function termsFaults(terms: PlanTerms, sight: PlanSight): readonly FieldError[] {
  const found: FieldError[] = [];
  const fault = (pointer: string, code: string, detail: string): void => void found.push({ pointer, code, detail });
  const check = checks(fault, sight);

  if (terms.name.trim() === '') fault('/name', 'EMPTY', 'a plan has a name');
  daysFault(terms, sight, fault);
  if (!BASES.includes(terms.basis)) fault('/basis', 'BASIS', `basis is ${BASES.join(' or ')}`);
  tiersFaults(terms.tiers, check);
  if (terms.dealKinds.length === 0 || new Set(terms.dealKinds).size !== terms.dealKinds.length)
    fault('/dealKinds', 'DEAL_KINDS', `dealKinds names at least one of ${DEAL_KINDS.join(', ')}, each once`);
  if (terms.withinMonths !== null) check.whole('/withinMonths', terms.withinMonths, 1, 600);
  check.whole('/clawbackMonths', terms.clawbackMonths, 0, 600);
  splitFaults(terms.split, check);
  check.shares('/pool', terms.pool, true);
  for (const cap of ['perPersonAndPeriod', 'perPlanAndPeriod'] as const)
    if (terms.caps[cap] !== null) check.money(`/caps/${cap}`, terms.caps[cap], 0);
  if (terms.earnOn.moment === 'payday') check.whole('/earnOn/daysAfterPeriod', terms.earnOn.daysAfterPeriod, 0, 366);
  payeesFaults(terms, check);
  if (terms.teamPool !== null) teamPoolFaults(terms.teamPool, check);
  for (const as of SIGNATORIES) check.member(`/signatories/${as}`, terms.signatories[as]);
  if (new Set(SIGNATORIES.map((as) => terms.signatories[as])).size === 1)
    fault('/signatories', 'ONE_SIGNATORY', 'one person alone cannot sign for marketing, sales and finance');
  return found;
}

type Fault = (pointer: string, code: string, detail: string) => void;
type Checks = ReturnType<typeof checks>;

function checks(fault: Fault, sight: PlanSight) {
  const member = (pointer: string, handle: string): void => {
    if (!sight.knows(handle)) fault(pointer, 'UNKNOWN_MEMBER', `the roster knows nobody by the handle "${handle}"`);
  };
  const whole = (pointer: string, value: number, least: number, most: number): void => {
    if (!Number.isSafeInteger(value) || value < least || value > most)
      fault(pointer, 'WHOLE_NUMBER', `${pointer.slice(1)} is a whole number from ${least} to ${most}`);
  };
  return {
    fault,
    sight,
    member,
    whole,
    money(pointer: string, { minor, currency }: Money, least: number): void {
      if (currency !== sight.currency)
        fault(pointer, 'CURRENCY', `amounts of a plan are in ${sight.currency}, not in ${currency}`);
      else if (minor < least)
        fault(pointer, 'AMOUNT', least > 0 ? 'the amount is above 0' : 'the amount is not negative');
    },
    percent(pointer: string, text: string): void {
      if ((percentSteps(text) ?? 0n) === 0n)
        fault(
          pointer,
          'PERCENT',
          'a percentage is decimal text above 0 and up to 100 with at most four decimals, e.g. "2.5"',
        );
    },
    shares(pointer: string, shares: readonly MemberShare[], mayBeEmpty: boolean): void {
      if (shares.length > MOST || (!mayBeEmpty && shares.length === 0))
        fault(pointer, 'SHARES', `${mayBeEmpty ? 'up to' : 'from 1 to'} ${MOST} shares`);
      const seen = new Set<string>();
      shares.forEach((share, index) => {
        member(`${pointer}/${index}/member`, share.member);
        whole(`${pointer}/${index}/weight`, share.weight, 1, 1_000_000);
        if (seen.has(share.member))
          fault(`${pointer}/${index}/member`, 'REPEATED', `${share.member} has a share already`);
        seen.add(share.member);
      });
    },
  };
}

function daysFault({ effectiveFrom, effectiveTo, grain }: PlanTerms, sight: PlanSight, fault: Fault): void {
  const from = parseDay(effectiveFrom);
  const to = effectiveTo === null ? null : parseDay(effectiveTo);
  if (from === null) fault('/effectiveFrom', 'DAY', 'effectiveFrom is a day such as 2026-03-01');
  else if (from <= (sight.closedThrough(grain) ?? -Infinity))
    fault(
      '/effectiveFrom',
      'PERIOD_CLOSED',
      'effectiveFrom lies in a period that is closed, and closed periods stay as they are',
    );
  if (effectiveTo !== null && (to === null || (from !== null && to < from)))
    fault('/effectiveTo', 'DAY', 'effectiveTo is a day not before effectiveFrom');
}

function tiersFaults(tiers: readonly Tier[], check: Checks): void {
  if (tiers.length === 0 || tiers.length > 20) check.fault('/tiers', 'TIERS', 'a plan has from 1 to 20 tiers');
  tiers.forEach((tier, index) => {
    const at = `/tiers/${index}`;
    const before = tiers[index - 1];
    if (!ID.test(tier.id)) check.fault(`${at}/id`, 'ID', 'an id is 1 to 64 characters a-z, 0-9 and -');
    if (tiers.findIndex(({ id }) => id === tier.id) !== index)
      check.fault(`${at}/id`, 'REPEATED', `there is a tier "${tier.id}" already`);
    check.money(`${at}/threshold`, tier.threshold, 1);
    if (before !== undefined && tier.threshold.minor <= before.threshold.minor)
      check.fault(`${at}/threshold`, 'ORDER', 'thresholds rise from tier to tier');
    rewardFaults(`${at}/reward`, tier.reward, check);
    if (tier.replace && tier.reward.kind !== 'fixed')
      check.fault(`${at}/replace`, 'REPLACE', 'only a fixed reward can be the difference to lower tiers');
  });
}

function rewardFaults(pointer: string, reward: Reward, check: Checks): void {
  if (reward.kind === 'fixed') check.money(`${pointer}/amount`, reward.amount, 1);
  else check.percent(`${pointer}/percent`, reward.percent);
}

function splitFaults(split: Split, check: Checks): void {
  if (split.kind === 'fixed') {
    check.shares('/split/shares', split.shares, false);
    return;
  }
  const detail = check.sight.modelFault(split.model);
  if (detail !== null) check.fault('/split/model', 'MODEL', detail);
}

function payeesFaults({ payees, split, pool }: PlanTerms, check: Checks): void {
  if (!('members' in payees)) return;
  const { members } = payees;
  if (members.length === 0 || members.length > MOST)
    check.fault('/payees/members', 'PAYEES', `a plan names from 1 to ${MOST} payees, or the team`);
  members.forEach((handle, index) => {
    check.member(`/payees/members/${index}`, handle);
    if (members.indexOf(handle) !== index)
      check.fault(`/payees/members/${index}`, 'REPEATED', `${handle} is named already`);
  });
  const mustBeIn = (pointer: string, shares: readonly MemberShare[]): void =>
    shares.forEach(({ member }, index) => {
      if (!members.includes(member))
        check.fault(
          `${pointer}/${index}/member`,
          'NOT_A_PAYEE',
          `${member} is none of the payees, so that the share would lapse`,
        );
    });
  mustBeIn('/pool', pool);
  if (split.kind === 'fixed') mustBeIn('/split/shares', split.shares);
}

function teamPoolFaults({ metric, target, amount, shares }: TeamPool, check: Checks): void {
  const detail = check.sight.targetFault(metric, target);
  if (detail !== null) check.fault('/teamPool', 'TARGET', detail);
  check.money('/teamPool/amount', amount, 1);
  check.shares('/teamPool/shares', shares, false);
}
