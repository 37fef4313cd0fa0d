import type { Instant } from '#kernel/time.js';
import { laterOf, nextPeriod, periodOf, type BonusGrain, type PeriodName } from '../plan/bonus-period.js';
import type { BonusBook, Chain, Trail } from './bonus-book.js';
import type { MemberPeriod } from './live-run.js';
import type { StatementLine } from './statement.js';

/** What a member has, had or waits for under one plan and grain. */
export interface MemberAccount {
  readonly member: string;
  /** Everything up to this period is frozen: it was approved, or a later one was, or it was closed. */
  settledThrough: PeriodName | null;
  /** What the last frozen period left below 0. */
  closing: number;
  /** As the frozen periods left them. */
  readonly shares: Map<string, ShareState>;
  /** Keys of `shares` with something that waits above a cap, or for acceptance. */
  readonly waiting: Set<string>;
  readonly held: Set<string>;
  /** Keys whose release is booked. */
  readonly releasing: Set<string>;
  /** Of periods that are not frozen. */
  readonly bookings: Map<PeriodName, Booking[]>;
  /** The last period in which something of a share was booked: what it gives back is not booked before. */
  readonly lastBooked: Map<string, PeriodName>;
  readonly frozen: Map<PeriodName, Frozen>;
  readonly trails: Map<PeriodName, Trail>;
}

/** A member's part of one crossing (or of one period's pool), and where it stands. All amounts are 0 or more; their sum is what was earned. */
export interface ShareState {
  readonly origin: Booking;
  readonly granted: number;
  readonly held: number;
  readonly capped: number;
  readonly carried: number;
  readonly forfeited: number;
}

export interface Frozen extends MemberPeriod {
  /** Everything up to this position is in it. */
  readonly upTo: number;
}

/** An amount of one member in one period, before anything is looked at. */
export interface Booking {
  readonly kind: Exclude<StatementLine['kind'], 'carried'>;
  readonly position: number;
  readonly eventId: string;
  readonly member: string;
  /** Signed; of a release: 0, it is whatever is held then. */
  readonly minor: number;
  /** The whole change, all members and what lapsed; it is where the arithmetic begins. */
  readonly whole: number;
  readonly lapsed: number;
  /** Which share it belongs to; null for a ruling or a write-off, which belong to none. */
  readonly share: string | null;
  readonly leadId: string | null;
  readonly tier: string | null;
  readonly crossing: number | null;
  /** Orders the lines. */
  readonly at: Instant;
  /** When somebody had to be a member: the crossing. */
  readonly earnedAt: Instant;
  readonly planVersion: number | null;
  readonly planHash: string | null;
  readonly events: readonly string[];
}

export function accountOf(chain: Chain, member: string): MemberAccount {
  let account = chain.accounts.get(member);
  if (account === undefined) {
    account = {
      member,
      settledThrough: null,
      closing: 0,
      shares: new Map(),
      waiting: new Set(),
      held: new Set(),
      releasing: new Set(),
      bookings: new Map(),
      lastBooked: new Map(),
      frozen: new Map(),
      trails: new Map(),
    };
    chain.accounts.set(member, account);
  }
  return account;
}

export function trailOf(account: MemberAccount, period: PeriodName): Trail {
  let trail = account.trails.get(period);
  if (trail === undefined) {
    trail = { drafted: null, approved: null, paid: null, disputes: [], writtenOff: [] };
    account.trails.set(period, trail);
  }
  return trail;
}

/** The first period from the wanted one on that is neither closed nor frozen for the member. */
export function openPeriod(
  book: Pick<BonusBook, 'closed'>,
  grain: BonusGrain,
  settledThrough: PeriodName | null,
  wanted: PeriodName,
): PeriodName {
  const closed = book.closed.get(grain)?.at(-1)?.period ?? null;
  let period = wanted;
  if (closed !== null) period = laterOf(period, nextPeriod(closed));
  if (settledThrough !== null) period = laterOf(period, nextPeriod(settledThrough));
  return period;
}

/** Books it in the wanted period or the first open one after it; what is given back never before what was given. */
export function book(books: BonusBook, chain: Chain, wanted: PeriodName, booking: Booking): void {
  const account = accountOf(chain, booking.member);
  let period = openPeriod(books, chain.grain, account.settledThrough, wanted);
  if (booking.share !== null) {
    const last = account.lastBooked.get(booking.share) ?? period;
    if (booking.minor < 0) period = laterOf(period, last);
    // What is held can be taken back before it is released.
    else if (booking.kind !== 'released') account.lastBooked.set(booking.share, laterOf(period, last));
  }
  const there = account.bookings.get(period);
  if (there === undefined) account.bookings.set(period, [booking]);
  else there.push(booking);
  chain.live = null;
  chain.changedAt = Math.max(chain.changedAt, books.upTo);
}

/** Books the release of what frozen periods hold for want of an acceptance that is there now: in its period, or the first open one after it. */
export function bookReleases(books: BonusBook, chain: Chain, account: MemberAccount): void {
  for (const key of account.held) {
    const state = account.shares.get(key);
    if (state === undefined || account.releasing.has(key)) continue;
    const accepted = chain.plan.acceptances.get(state.origin.planHash ?? '')?.get(account.member);
    if (accepted === undefined) continue;
    account.releasing.add(key);
    book(books, chain, periodOf(accepted.at, chain.grain, books.calendar), {
      ...state.origin,
      kind: 'released',
      position: books.upTo,
      minor: 0,
      whole: 0,
      lapsed: 0,
      at: accepted.at,
      events: [accepted.eventId],
    });
  }
}
