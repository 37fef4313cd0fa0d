import type { Team } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';
import { tenureAt } from '#members/member.js';
import { daysOf, paydayOf, type PeriodName } from '../plan/bonus-period.js';
import type { PlanTerms } from '../plan/terms.js';
import type { BonusBook, BookVersion, Chain } from './bonus-book.js';
import type { Booking, ShareState } from './member-account.js';
import type { StatementLine, Step } from './statement.js';

/** A member in a period: who takes what is granted, and what they took there so far. */
export interface Taker {
  readonly member: string;
  /** Of the caps of this period, so far. */
  used: number;
  state(share: string): ShareState | undefined;
  add(line: StatementLine, share: string | null, next: ShareState | null): void;
}

export interface Grant {
  readonly book: BonusBook;
  readonly chain: Chain;
  readonly period: PeriodName;
  /** Members and acceptances are looked at as known at this position. */
  readonly asOf: number;
  /** What the period used of the plan's cap so far, all members. */
  readonly plan: { used: number };
  readonly taker: Taker;
  readonly booking: Booking;
  /** Whether it is what an earlier period carried over. */
  readonly carried: boolean;
}

/**
 * Grants as much as may be granted of an amount that is not negative, in this order: payee of the plan, a member still, accepted, cap per
 * person and period, cap per plan and period. Of each line: earned = granted + held + capped + carried + forfeited, and its steps sum to what is
 * granted. A line that was held or carried earns nothing anew: what it takes from there is negative in `held` or `carried`.
 */
export function grantGiven(grant: Grant): void {
  const { taker, booking } = grant;
  if (booking.share === null) {
    grantWhole(taker, booking);
    return;
  }
  const before = taker.state(booking.share) ?? { ...NOTHING, origin: booking };
  if (booking.kind === 'released' && before.held === 0) return; // taken back meanwhile
  const line = grant.carried ? carriedLine(grant, before) : lineOf(booking, booking.kind, amounts(grant, before));
  if (line === null) return;
  taker.add(line, booking.share, {
    origin: before.origin,
    granted: before.granted + line.granted,
    held: before.held + line.held,
    capped: before.capped + line.capped,
    carried: before.carried + line.carried,
    forfeited: before.forfeited + line.forfeited,
  });
}

/**
 * Takes back first what was not granted: what had lapsed above a cap, what was forfeited, what waited above a cap or for acceptance. So nobody
 * gives back more than they were granted.
 */
export function takeBack(taker: Taker, booking: Booking): void {
  if (booking.share === null) {
    grantWhole(taker, booking);
    return;
  }
  const before = taker.state(booking.share) ?? { ...NOTHING, origin: booking };
  let left = -booking.minor;
  const taken = (from: number): number => {
    const some = Math.min(left, from);
    left -= some;
    return some;
  };
  const capped = taken(before.capped);
  const forfeited = taken(before.forfeited);
  const carried = taken(before.carried);
  const held = taken(before.held);
  const granted = taken(before.granted);
  const steps = [
    ...beginning(booking),
    step('had lapsed above a cap', capped),
    step('had been forfeited', forfeited + left),
    step('waited above a cap', carried),
    step('was held', held),
  ].filter(isStep);
  const line = lineOf(booking, booking.kind, {
    steps,
    earned: booking.minor,
    granted: negative(granted),
    held: negative(held),
    capped: negative(capped),
    carried: negative(carried),
    forfeited: negative(forfeited + left),
  });
  taker.add(line, booking.share, {
    origin: before.origin,
    granted: before.granted - granted,
    held: before.held - held,
    capped: before.capped - capped,
    carried: before.carried - carried,
    forfeited: before.forfeited - forfeited,
  });
}

type Amounts = Pick<StatementLine, 'steps' | 'earned' | 'granted' | 'held' | 'capped' | 'carried' | 'forfeited'>;

const NOTHING = { granted: 0, held: 0, capped: 0, carried: 0, forfeited: 0 };

function amounts(grant: Grant, before: ShareState): Amounts {
  const { booking } = grant;
  const version = versionOf(grant.chain, booking);
  if (booking.kind === 'released') {
    const found = cappedAmounts(grant, version, [step('was held', before.held)], before.held);
    return { ...found, held: -before.held };
  }
  const steps = beginning(booking);
  const refusal = refusalOf(grant, version);
  if (refusal === null) return { ...cappedAmounts(grant, version, steps, booking.minor), earned: booking.minor };
  steps.push({ label: refusal.label, minor: negative(booking.minor) });
  const kept = steps.filter(isStep);
  return { ...NOTHING, steps: kept, earned: booking.minor, [refusal.goesTo]: booking.minor };
}

function carriedLine(grant: Grant, before: ShareState): StatementLine | null {
  if (before.carried === 0) return null;
  const version = versionOf(grant.chain, before.origin);
  const found = cappedAmounts(grant, version, [step('carried over', before.carried)], before.carried);
  // What still finds no room waits on, and is told of where it was earned.
  if (found.granted === 0 && found.forfeited === 0) return null;
  const carried = found.carried - before.carried;
  return lineOf({ ...before.origin, events: NO_EVENTS }, 'carried', { ...found, carried });
}

/** Someone who has to be there on payday, then the caps. */
function cappedAmounts(grant: Grant, { terms }: BookVersion, before: readonly Step[], wanted: number): Amounts {
  const { taker, plan } = grant;
  const steps = [...before];
  if (grant.booking.kind === 'released' || grant.carried) {
    const left = hasLeftOnPayday(grant, terms);
    if (left) {
      steps.push({ label: LEFT_ON_PAYDAY, minor: negative(wanted) });
      return { ...NOTHING, steps: steps.filter(isStep), earned: 0, forfeited: wanted };
    }
  }
  const { perPersonAndPeriod, perPlanAndPeriod, carryOver } = terms.caps;
  const forPerson = underCap(wanted, perPersonAndPeriod?.minor, taker.used);
  const granted = underCap(forPerson, perPlanAndPeriod?.minor, plan.used);
  taker.used += granted;
  plan.used += granted;
  const after = carryOver ? 'goes on to the next period' : 'lapses';
  steps.push(
    { label: `above the cap per person: ${after}`, minor: forPerson - wanted },
    { label: `above the cap of the plan: ${after}`, minor: granted - forPerson },
  );
  const above = wanted - granted;
  return {
    ...NOTHING,
    steps: steps.filter(isStep),
    earned: 0,
    granted,
    ...(carryOver ? { carried: above } : { capped: above }),
  };
}

const underCap = (wanted: number, cap: number | undefined, used: number): number =>
  cap === undefined ? wanted : Math.max(0, Math.min(wanted, cap - used));

const LEFT_ON_PAYDAY = 'had left on payday: forfeited';

function refusalOf(
  grant: Grant,
  { terms, hash }: BookVersion,
): { readonly label: string; readonly goesTo: 'forfeited' | 'held' } | null {
  const { book, booking, taker, asOf } = grant;
  const { payees, earnOn } = terms;
  const then = teamAt(book, taker.member, booking.earnedAt, asOf);
  const isPayee =
    booking.kind === 'pool' || ('members' in payees ? payees.members.includes(taker.member) : then === payees.team);
  if (then === null && earnOn.moment === 'crossing')
    return { label: 'was no member at the crossing: forfeited', goesTo: 'forfeited' };
  if (!isPayee) return { label: 'no payee of the plan: forfeited', goesTo: 'forfeited' };
  if (hasLeftOnPayday(grant, terms)) return { label: LEFT_ON_PAYDAY, goesTo: 'forfeited' };
  const accepted = grant.chain.plan.acceptances.get(hash)?.get(taker.member);
  if (accepted === undefined || accepted.position > asOf)
    return { label: 'waits for acceptance of the plan', goesTo: 'held' };
  return null;
}

/** As far as it is known: who has not left yet is still there. */
function hasLeftOnPayday({ book, taker, period, asOf }: Grant, { earnOn }: PlanTerms): boolean {
  if (earnOn.moment !== 'payday') return false;
  const payday = book.calendar.startOfDay(paydayOf(period, earnOn.daysAfterPeriod));
  return teamAt(book, taker.member, payday, asOf) === null;
}

/** null: not a member then, or nobody's name. */
function teamAt(book: BonusBook, member: string, at: Instant, asOf: number): Team | null {
  const known = book.members.get(member);
  if (known === undefined) return null;
  const state = asOf === Infinity ? known.state : known.history.findLast(({ position }) => position <= asOf)?.state;
  return state === undefined ? null : (tenureAt(state, at)?.team ?? null);
}

function versionOf({ plan }: Chain, { planVersion, planHash }: Booking): BookVersion {
  const version = plan.versions.get(planVersion ?? 0);
  if (version?.hash === planHash) return version;
  throw new DomainError(
    'unprocessable',
    'BONUS.UNKNOWN_VERSION',
    `version ${planVersion} of plan ${plan.planId} is not there with the hash ${planHash}`,
  );
}

/** A ruling or a write-off is what somebody decided: no cap, no condition. */
function grantWhole(taker: Taker, booking: Booking): void {
  const label = booking.kind === 'ruling' ? 'ruled' : 'debt written off';
  const { minor } = booking;
  const found = { ...NOTHING, steps: [{ label, minor }], earned: minor, granted: minor };
  taker.add(lineOf(booking, booking.kind, found), null, null);
}

const NO_EVENTS: readonly string[] = [];

/** Members in sorted order, which is how their JSON is canonical (`statement-hash.ts`). */
const lineOf = (booking: Booking, kind: StatementLine['kind'], found: Amounts): StatementLine => ({
  at: booking.at,
  capped: found.capped,
  carried: found.carried,
  crossing: booking.crossing,
  earned: found.earned,
  eventId: booking.eventId,
  events: booking.events,
  forfeited: found.forfeited,
  granted: found.granted,
  held: found.held,
  kind,
  leadId: booking.leadId,
  planHash: booking.planHash,
  planVersion: booking.planVersion,
  steps: found.steps,
  tier: booking.tier,
});

/** From the reward, or its change, to the member's part of it. */
function beginning(booking: Booking): Step[] {
  const label = booking.kind === 'milestone' ? 'reward' : booking.kind === 'pool' ? 'pool' : 'change of the reward';
  return [
    { label, minor: booking.whole },
    { label: 'lapses: nobody stands behind it', minor: negative(booking.lapsed) },
    { label: 'parts of others', minor: booking.minor - (booking.whole - booking.lapsed) },
  ];
}

const step = (label: string, minor: number): Step => ({ label, minor });
const isStep = ({ minor }: Step, index: number): boolean => index === 0 || minor !== 0;
/** Never -0, which is another value to whoever compares. */
const negative = (minor: number): number => (minor === 0 ? 0 : -minor);

/** The instant from which somebody must be in a team to have a part of the period's pool. */
export const poolMoment = (book: BonusBook, period: PeriodName): Instant => book.calendar.startOfDay(daysOf(period).to);
