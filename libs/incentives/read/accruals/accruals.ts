import type { Instant } from '#kernel/time.js';
import { tenureAt } from '#members/member.js';
import { grainOf } from '../../plan/bonus-period.js';
import { monthsLater } from '../../plan/months.js';
import { crossingKey, type BonusBook } from '../../statements/bonus-book.js';
import type { Statement } from '../../statements/statement.js';
import { statementsOf } from '../../statements/statements-of.js';

export const ACCRUALS = [
  'earnedNotApproved',
  'approvedNotPaid',
  'paid',
  'held',
  'carried',
  'atRisk',
  'owed',
  'owedByLeaver',
] as const;
export type AccrualName = (typeof ACCRUALS)[number];

/** Minor units of the organisation's currency. */
export interface Accrual extends Readonly<Record<AccrualName, number>> {
  readonly planId: string;
  readonly member: string;
  readonly hasLeft: boolean;
}

/**
 * Per plan and member:
 * - `earnedNotApproved`: granted in statements that nobody has approved; negative where more was taken back;
 * - `approvedNotPaid`, `paid`: payable of approved statements that are, or are not, paid;
 * - `held`: waits for acceptance; `carried`: waits for room under a cap;
 * - `atRisk`: granted for crossings that refunds may still take back: within `clawbackMonths` of the crossing's day;
 * - `owed`: what the last statement leaves below 0, as an amount of 0 or more; `owedByLeaver`: of somebody in no team any more.
 */
export function accrualsOf(
  book: BonusBook,
  wanted: { readonly planId?: string; readonly member?: string },
  moment: Instant,
): Accrual[] {
  const byMember = Map.groupBy(statementsOf(book, wanted), ({ planId, member }) => JSON.stringify([planId, member]));
  return [...byMember.values()]
    .map((statements) => accrualOf(book, statements, moment))
    .sort((a, b) => compareText(a.planId, b.planId) || compareText(a.member, b.member));
}

function accrualOf(book: BonusBook, statements: readonly Statement[], moment: Instant): Accrual {
  const [{ planId, member } = { planId: '', member: '' }] = statements;
  const lines = statements.flatMap((statement) => statement.lines);
  const sum = (minors: readonly number[]): number => minors.reduce((total, minor) => total + minor, 0);
  const payableOf = (status: Statement['status']): number =>
    sum(statements.filter((one) => one.status === status).map(({ payable }) => payable));
  const open = statements.filter(({ status }) => status === 'open' || status === 'drafted');
  const state = book.members.get(member)?.state;
  const hasLeft = state === undefined || (tenureAt(state, moment)?.team ?? null) === null;
  // The periods of each grain are a chain of their own.
  const lasts = new Map(statements.map((statement) => [grainOf(statement.period), statement]));
  const owed = sum([...lasts.values()].map(({ closing }) => (closing === 0 ? 0 : -closing)));
  return {
    planId,
    member,
    hasLeft,
    earnedNotApproved: sum(open.flatMap((one) => one.lines.map(({ granted }) => granted))),
    approvedNotPaid: payableOf('approved'),
    paid: payableOf('paid'),
    held: sum(lines.map(({ held }) => held)),
    carried: sum(lines.map(({ carried }) => carried)),
    atRisk: atRisk(book, planId, statements, moment),
    owed,
    owedByLeaver: hasLeft ? owed : 0,
  };
}

function atRisk(book: BonusBook, planId: string, statements: readonly Statement[], moment: Instant): number {
  const plan = book.plans.get(planId);
  const today = book.calendar.dayOf(moment);
  let total = 0;
  for (const { lines } of statements)
    for (const { leadId, tier, crossing, planVersion, granted } of lines) {
      if (leadId === null || tier === null || crossing === null) continue;
      const at = plan?.crossings.get(crossingKey(leadId, tier, crossing));
      const terms = plan?.versions.get(planVersion ?? 0)?.terms;
      if (at === undefined || terms === undefined) continue;
      if (today <= monthsLater(book.calendar.dayOf(at), terms.clawbackMonths)) total += granted;
    }
  return total;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
