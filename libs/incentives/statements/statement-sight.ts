import type { DayNumber, Instant } from '#kernel/time.js';
import { tenureAt } from '#members/member.js';
import type { StatementKey } from '../events/statement-events.js';
import { daysOf, grainOf, paydayOf, periodOf, type PeriodName } from '../plan/bonus-period.js';
import type { BonusBook, BookPlan } from './bonus-book.js';
import { openPeriod } from './member-account.js';
import type { Statement } from './statement.js';
import { statementOf, statementsOf } from './statements-of.js';

/** What a decision about a statement knows besides its stream: the ledger up to a position. */
export interface StatementSight extends StatementKey {
  readonly upTo: number;
  readonly currency: string;
  readonly planExists: boolean;
  /** null: there is nothing to state. */
  readonly statement: Statement | null;
  /** Last day of the period, and the day on which its members must still be there; in the organisation's days. */
  readonly lastDay: DayNumber;
  readonly payday: DayNumber;
  readonly today: DayNumber;
  /** The first period of the member that is not approved although something is granted in it, before this one. */
  readonly earlierOpen: PeriodName | null;
  /** Where something would be booked that belongs in this period. */
  readonly bookedIn: PeriodName;
  /** Whether the roster knows the member, and whether they are in a team now. */
  readonly isKnown: boolean;
  readonly isMember: boolean;
  /** Whether the roster knows somebody by this handle. */
  readonly knows: (member: string) => boolean;
}

export function sightOf(book: BonusBook, key: StatementKey, upTo: number, now: Instant): StatementSight {
  const { planId, member, period } = key;
  const plan = book.plans.get(planId);
  const statement = statementOf(book, planId, member, period);
  const tenure = book.members.get(member)?.state ?? null;
  const earlier = statementsOf(book, { planId, member }).find(
    (one) => grainOf(one.period) === grainOf(period) && one.period < period && isUnapproved(one),
  );
  return {
    planId,
    member,
    period,
    upTo,
    currency: book.currency,
    planExists: plan !== undefined && plan.versions.size > 0,
    statement,
    lastDay: daysOf(period).to,
    payday: lastPayday(plan, statement, period),
    today: book.calendar.dayOf(now),
    earlierOpen: earlier?.period ?? null,
    bookedIn: bookedIn(book, plan, key),
    isKnown: tenure !== null,
    isMember: tenure !== null && (tenureAt(tenure, now)?.team ?? null) !== null,
    knows: (handle) => book.members.has(handle),
  };
}

/** Something is granted (or taken back) and nobody has approved it. */
export const isUnapproved = ({ status, lines }: Statement): boolean =>
  (status === 'open' || status === 'drafted') && lines.some(({ granted }) => granted !== 0);

/** The period in which something of this moment would be booked for the member: its own, or the first open one after it. */
export function openPeriodAt(book: BonusBook, planId: string, member: string, at: Instant): PeriodName {
  const plan = book.plans.get(planId);
  const grain = [...(plan?.versions.values() ?? [])].at(-1)?.terms.grain ?? 'month';
  return bookedIn(book, plan, { planId, member, period: periodOf(at, grain, book.calendar) });
}

function bookedIn(book: BonusBook, plan: BookPlan | undefined, { member, period }: StatementKey): PeriodName {
  const chain = plan?.chains.get(grainOf(period));
  return openPeriod(book, grainOf(period), chain?.accounts.get(member)?.settledThrough ?? null, period);
}

function lastPayday(plan: BookPlan | undefined, statement: Statement | null, period: PeriodName): DayNumber {
  const days = (statement?.lines ?? []).map(({ planVersion }) => {
    const earnOn = plan?.versions.get(planVersion ?? 0)?.terms.earnOn;
    return paydayOf(period, earnOn?.moment === 'payday' ? earnOn.daysAfterPeriod : 0);
  });
  return Math.max(daysOf(period).to, ...days);
}
