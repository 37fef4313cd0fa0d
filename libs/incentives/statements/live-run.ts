import { nextPeriod, type PeriodName } from '../plan/bonus-period.js';
import type { BonusBook, Chain } from './bonus-book.js';
import { grantGiven, takeBack, type Taker } from './grant.js';
import type { Booking, MemberAccount, ShareState } from './member-account.js';
import type { StatementLine } from './statement.js';

/** What one period says of one member. */
export interface MemberPeriod {
  readonly opening: number;
  readonly lines: readonly StatementLine[];
  readonly total: number;
  /** What it uses of the plan's cap. */
  readonly used: number;
  /** Shares that the period changed, as it leaves them. */
  readonly shares: ReadonlyMap<string, ShareState>;
  /** Whether anything waits for room under a cap in the next period. */
  readonly carries: boolean;
}

/** What the periods that are not frozen say, from the first one with anything in it. It can be gone on with, not changed. */
export interface LiveRun {
  /** Everything up to this position was looked at. */
  readonly asOf: number;
  /** The next period to look at; null: there is nothing in any. */
  next: PeriodName | null;
  readonly periods: Map<PeriodName, ReadonlyMap<string, MemberPeriod>>;
  readonly working: Map<string, Working>;
}

/** A member's account on its way through open periods: what they changed, above what the frozen ones left. */
interface Working {
  closing: number;
  readonly shares: Map<string, ShareState>;
  readonly waiting: Set<string>;
}

export function startRun(chain: Chain, asOf: number): LiveRun {
  let next: PeriodName | null = null;
  const working = new Map<string, Working>();
  for (const account of chain.accounts.values()) {
    working.set(account.member, {
      closing: account.closing,
      shares: new Map(),
      waiting: new Set(account.waiting),
    });
    const first = firstOpen(account);
    if (first !== null && (next === null || first < next)) next = first;
  }
  return { asOf, next, periods: new Map(), working };
}

/** Goes on through the period named. The order of everything: what was carried, then by (moment, event id, member); what is given back comes last. */
export function runThrough(book: BonusBook, chain: Chain, run: LiveRun, through: PeriodName): void {
  while (run.next !== null && run.next <= through) {
    run.periods.set(run.next, periodOfAll(book, chain, run, run.next));
    run.next = nextPeriod(run.next);
  }
}

function firstOpen(account: MemberAccount): PeriodName | null {
  const { settledThrough } = account;
  if (settledThrough !== null && (account.closing < 0 || account.waiting.size > 0)) return nextPeriod(settledThrough);
  let first: PeriodName | null = null;
  for (const period of account.bookings.keys()) if (first === null || period < first) first = period;
  return first;
}

function periodOfAll(
  book: BonusBook,
  chain: Chain,
  run: LiveRun,
  period: PeriodName,
): ReadonlyMap<string, MemberPeriod> {
  const takers: PeriodTaker[] = [];
  const given: Given[] = [];
  for (const account of chain.accounts.values()) {
    if (account.settledThrough !== null && account.settledThrough >= period) continue;
    const taker = takerOf(account, run, period);
    if (taker === null) continue;
    takers.push(taker);
    for (const key of taker.working.waiting) {
      const origin = taker.state(key)?.origin;
      if (origin !== undefined) given.push({ taker, booking: origin, carried: true });
    }
    for (const booking of taker.bookings) if (booking.minor >= 0) given.push({ taker, booking, carried: false });
  }
  given.sort(inOrder);
  const plan = { used: chain.used.get(period) ?? 0 };
  for (const { taker, booking, carried } of given)
    grantGiven({ book, chain, period, asOf: run.asOf, plan, taker, booking, carried });
  // What is given back frees no room under a cap, so it needs no place among the others; last, it always finds what it takes back.
  const back = takers
    .flatMap((taker) =>
      taker.bookings.filter(({ minor }) => minor < 0).map((booking) => ({ taker, booking, carried: false })),
    )
    .sort(inOrder);
  for (const { taker, booking } of back) takeBack(taker, booking);
  return new Map(takers.map((taker) => [taker.member, taker.finish()]));
}

interface Given {
  readonly taker: PeriodTaker;
  readonly booking: Booking;
  readonly carried: boolean;
}

function inOrder(a: Given, b: Given): number {
  if (a.carried !== b.carried) return a.carried ? -1 : 1;
  return (
    a.booking.at - b.booking.at ||
    compareText(a.booking.eventId, b.booking.eventId) ||
    compareText(a.booking.member, b.booking.member) ||
    compareText(a.booking.share ?? '', b.booking.share ?? '')
  );
}

const asListed = (a: StatementLine, b: StatementLine): number =>
  Number(b.kind === 'carried') - Number(a.kind === 'carried') || a.at - b.at || compareText(a.eventId, b.eventId);

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface PeriodTaker extends Taker {
  readonly working: Working;
  readonly bookings: readonly Booking[];
  finish(): MemberPeriod;
}

const NONE: readonly Booking[] = [];

/** null: the period has nothing for the member. */
function takerOf(account: MemberAccount, run: LiveRun, period: PeriodName): PeriodTaker | null {
  const all = account.bookings.get(period) ?? NONE;
  const bookings = run.asOf === Infinity ? all : all.filter(({ position }) => position <= run.asOf);
  const working = run.working.get(account.member);
  if (working === undefined) return null; // an account that began after the run did
  if (bookings.length === 0 && working.closing === 0 && working.waiting.size === 0) return null;
  const opening = working.closing;
  const lines: StatementLine[] = [];
  const changed = new Map<string, ShareState>();
  let granted = 0;
  const state = (key: string): ShareState | undefined => working.shares.get(key) ?? account.shares.get(key);
  const taker: PeriodTaker = {
    member: account.member,
    used: 0,
    working,
    bookings,
    state,
    add(line, key, next) {
      lines.push(line);
      granted += line.granted;
      if (key === null || next === null) return;
      working.shares.set(key, next);
      changed.set(key, next);
      if (next.carried > 0) working.waiting.add(key);
      else working.waiting.delete(key);
    },
    finish() {
      const total = opening + granted;
      working.closing = Math.min(0, total);
      const carries = working.waiting.size > 0;
      return { opening, lines: lines.sort(asListed), total, used: taker.used, shares: changed, carries };
    },
  };
  return taker;
}
