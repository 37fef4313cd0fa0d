import { grainOf, laterOf, nextPeriod, type PeriodName } from '../plan/bonus-period.js';
import type { BonusBook, Chain, Trail } from './bonus-book.js';
import type { MemberPeriod } from './live-run.js';
import type { MemberAccount } from './member-account.js';
import { liveRun } from './settle.js';
import { statementHash, type StatementContent } from './statement-hash.js';
import type { Statement } from './statement.js';

export interface WantedStatements {
  readonly planId?: string;
  readonly member?: string;
  /** Only this one; left out: all periods in which something is booked, carried or owed. */
  readonly period?: PeriodName;
}

/**
 * The statements of a book, by plan, period and member. A member has one in a period where there is a line, a debt from before, or
 * something that somebody did about it.
 *
 * Over all members and all periods of a plan, in minor units, with every sum taken over the lines:
 *
 *     earned = granted + held + capped + carried + forfeited
 *
 * where `earned` is what the plan's bonus events, pools, rulings and write-offs say, `held` what still waits for acceptance, `carried` what still waits for
 * room under a cap, `capped` what lapsed above one, and `forfeited` what went to nobody. And of each member:
 *
 *     granted = payable + closing of the last period
 */
export function statementsOf(books: BonusBook, wanted: WantedStatements = {}): Statement[] {
  const found: Statement[] = [];
  for (const plan of sortedPlans(books, wanted.planId))
    for (const chain of plan.chains.values()) {
      if (wanted.period !== undefined && grainOf(wanted.period) !== chain.grain) continue;
      found.push(...statementsOfChain(books, chain, wanted));
    }
  return found;
}

/** null: there is nothing to state. */
export const statementOf = (books: BonusBook, planId: string, member: string, period: PeriodName): Statement | null =>
  statementsOf(books, { planId, member, period })[0] ?? null;

function statementsOfChain(books: BonusBook, chain: Chain, { member, period }: WantedStatements): Statement[] {
  const through = period ?? lastPeriod(books, chain);
  const run = through === null ? null : liveRun(books, chain, through);
  const accounts = member === undefined ? [...chain.accounts.values()] : [chain.accounts.get(member)];
  const found: Statement[] = [];
  for (const account of accounts) {
    if (account === undefined) continue;
    const told = new Set<PeriodName>();
    const tell = (name: PeriodName, said: MemberPeriod, upTo: number): void => {
      if ((period !== undefined && name !== period) || (said.lines.length === 0 && said.opening === 0)) return;
      told.add(name);
      found.push(stated(books, chain, account, name, said, upTo));
    };
    for (const [name, said] of account.frozen) tell(name, said, said.upTo);
    for (const [name, members] of run?.periods ?? []) {
      const said = members.get(account.member);
      if (said === undefined || name > (through ?? '') || (account.settledThrough ?? '') >= name) continue;
      tell(name, said, books.upTo);
    }
    // Whoever disputes that there is nothing has a statement that says so.
    for (const name of account.trails.keys())
      if (!told.has(name) && (period === undefined || name === period))
        found.push(stated(books, chain, account, name, { ...NOTHING, lines: [] }, books.upTo));
  }
  return found.sort((a, b) => compareText(a.period, b.period) || compareText(a.member, b.member));
}

/** The last period with a booking, and one more where something is carried into it. */
function lastPeriod(books: BonusBook, chain: Chain): PeriodName | null {
  const periods = [...chain.accounts.values()].flatMap(({ bookings, settledThrough, waiting, closing }) => [
    ...bookings.keys(),
    ...(settledThrough !== null && (waiting.size > 0 || closing < 0) ? [nextPeriod(settledThrough)] : []),
  ]);
  const [first] = periods;
  if (first === undefined) return null;
  const last = periods.reduce(laterOf, first);
  const members = liveRun(books, chain, last).periods.get(last)?.values() ?? [];
  return [...members].some(({ carries }) => carries) ? nextPeriod(last) : last;
}

function stated(
  books: BonusBook,
  chain: Chain,
  account: MemberAccount,
  period: PeriodName,
  said: MemberPeriod,
  upTo: number,
): Statement {
  const trail = account.trails.get(period);
  return {
    ...contentOf(books, chain, account.member, period, said),
    status: statusOf(trail),
    upTo,
    openDisputes: trail?.disputes.filter(({ ruled }) => ruled === null).length ?? 0,
  };
}

const NOTHING = { opening: 0, total: 0, used: 0, shares: new Map(), carries: false };

type Content = StatementContent & Pick<Statement, 'hash'>;

/** What a period says never changes in place, so its content and hash are made once. */
const CONTENTS = new WeakMap<readonly unknown[], Content>();

function contentOf(
  { currency }: BonusBook,
  { plan: { planId } }: Chain,
  member: string,
  period: PeriodName,
  { opening, lines, total }: MemberPeriod,
): Content {
  let content = CONTENTS.get(lines);
  if (content === undefined) {
    const payable = Math.max(0, total);
    const closing = Math.min(0, total);
    const whole = { planId, member, period, currency, opening, lines, total, payable, closing };
    content = { ...whole, hash: statementHash(whole) };
    CONTENTS.set(lines, content);
  }
  return content;
}

function statusOf(trail: Trail | undefined): Statement['status'] {
  if (trail === undefined) return 'open';
  if (trail.paid !== null) return 'paid';
  if (trail.approved !== null) return 'approved';
  return trail.drafted === null ? 'open' : 'drafted';
}

const sortedPlans = (books: BonusBook, planId: string | undefined) =>
  planId === undefined
    ? [...books.plans.values()].sort((a, b) => compareText(a.planId, b.planId))
    : [books.plans.get(planId)].filter((plan) => plan !== undefined);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
