import { nextPeriod, type PeriodName } from '../plan/bonus-period.js';
import type { BonusBook, Chain } from './bonus-book.js';
import { runThrough, startRun, type LiveRun } from './live-run.js';
import { book, bookReleases, type MemberAccount } from './member-account.js';

/** What the open periods of a chain say, through the period named; kept until something changes it. */
export function liveRun(books: BonusBook, chain: Chain, through: PeriodName): LiveRun {
  chain.live ??= startRun(chain, Infinity);
  runThrough(books, chain, chain.live, through);
  return chain.live;
}

/**
 * Freezes a member's periods up to and including this one, as they were known at `upTo`: what was recorded between that position and now
 * is booked anew, in the next open period. Periods before it that nobody approved are frozen with it; they can still be approved, as they stand.
 */
export function settle(
  books: BonusBook,
  chain: Chain,
  account: MemberAccount,
  through: PeriodName,
  upTo: number,
): void {
  if (account.settledThrough !== null && account.settledThrough >= through) return;
  const run = upTo >= chain.changedAt ? liveRun(books, chain, through) : freshRun(books, chain, through, upTo);
  for (const [period, members] of run.periods) {
    const said = members.get(account.member);
    if (said === undefined || period > through || (account.settledThrough ?? '') >= period) continue;
    account.frozen.set(period, { ...said, upTo });
    account.closing = Math.min(0, said.total);
    chain.used.set(period, (chain.used.get(period) ?? 0) + said.used);
    for (const [key, state] of said.shares) {
      account.shares.set(key, state);
      mark(account.waiting, key, state.carried > 0);
      mark(account.held, key, state.held > 0);
      if (state.held === 0) account.releasing.delete(key);
    }
  }
  account.settledThrough = through;
  const late = [...account.bookings].filter(([period]) => period <= through);
  for (const [period, bookings] of late) {
    account.bookings.delete(period);
    for (const booking of bookings) if (booking.position > upTo) book(books, chain, nextPeriod(through), booking);
  }
  if (run !== chain.live || capsVary(chain)) chain.live = null;
  bookReleases(books, chain, account);
}

/**
 * A frozen statement's grants come first under the plan's cap. Under one cap that changes nothing for the others, because what they get together never
 * exceeds it; where versions of a plan differ in their caps it may.
 */
const capsVary = ({ plan }: Chain): boolean =>
  new Set([...plan.versions.values()].map(({ terms }) => JSON.stringify(terms.caps))).size > 1;

function freshRun(books: BonusBook, chain: Chain, through: PeriodName, upTo: number): LiveRun {
  const run = startRun(chain, upTo);
  runThrough(books, chain, run, through);
  return run;
}

function mark(keys: Set<string>, key: string, is: boolean): void {
  if (is) keys.add(key);
  else keys.delete(key);
}
