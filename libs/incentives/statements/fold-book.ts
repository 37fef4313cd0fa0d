import { calendar } from '#kernel/calendar.js';
import type { MemberEvent } from '#members/events/member-events.js';
import { evolveMember, initialMember } from '#members/member.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { BonusEvent } from '../events/bonus-events.js';
import type { BonusPlanEvent, PoolEvaluatedData } from '../events/bonus-plan-events.js';
import type { BonusPeriodEvent, StatementEvent, StatementKey } from '../events/statement-events.js';
import { grainOf, type BonusGrain, type PeriodName } from '../plan/bonus-period.js';
import {
  crossingKey,
  emptyBook,
  type BonusBook,
  type BookEvent,
  type BookPlan,
  type Chain,
  type Dispute,
  type Said,
  type Trail,
} from './bonus-book.js';
import { poolMoment } from './grant.js';
import { accountOf, book, bookReleases, trailOf, type MemberAccount } from './member-account.js';
import { settle } from './settle.js';

/** The book of a ledger, from events in order of their positions; those of other types are passed over. Throws `BONUS.UNKNOWN_VERSION`. */
export function foldBook(events: Iterable<BookEvent>): BonusBook {
  const books = emptyBook();
  for (const event of events) takeIntoBook(books, event);
  return books;
}

/** One more event. */
export function takeIntoBook(books: BonusBook, event: BookEvent): void {
  books.upTo = Math.max(books.upTo, event.position);
  const known = event as BookEvent & AnyBookEvent; // which data a type has is the contract of the events
  switch (known.type) {
    case 'organisation.configured':
      books.calendar = calendar(known.data.timeZone, known.data.fiscalYearStart);
      books.currency = known.data.currency;
      return;
    case 'member.joined':
    case 'member.moved':
    case 'member.left':
      takeMember(books, known);
      return;
    case 'bonusperiod.closed':
      takeClose(books, event, known.data.period, known.data.authenticated);
      return;
    case 'bonusplan.drafted':
    case 'bonusplan.signed':
    case 'bonusplan.accepted':
    case 'bonusplan.pool-evaluated':
      takePlan(books, known);
      return;
    case 'bonus.milestone-reached':
    case 'bonus.milestone-reversed':
    case 'bonus.adjusted':
      takeBonus(books, known);
      return;
    case 'statement.drafted':
    case 'statement.approved':
    case 'statement.paid':
    case 'statement.disputed':
    case 'statement.ruled':
    case 'statement.debt-written-off':
      takeStatement(books, known);
      return;
    default:
      return;
  }
}

type AnyBookEvent =
  | MemberEvent
  | BonusPlanEvent
  | BonusEvent
  | StatementEvent
  | BonusPeriodEvent
  | { readonly type: 'organisation.configured'; readonly data: OrganisationConfiguredData };

type Taken<Event> = BookEvent & Event;

function takeMember(books: BonusBook, event: Taken<MemberEvent>): void {
  const known = books.members.get(event.data.handle) ?? { state: initialMember, history: [] };
  const { actor, ...bare } = event;
  known.state = evolveMember(known.state, { ...bare, revision: 0, actor: { id: actor, team: 'system' } }); // tenures read neither
  known.history.push({ position: event.position, state: known.state });
  books.members.set(event.data.handle, known);
  for (const plan of books.plans.values()) forgetLive(books, plan);
}

function takeClose(books: BonusBook, event: BookEvent, period: PeriodName, authenticated: boolean): void {
  const grain = grainOf(period);
  const closed = books.closed.get(grain) ?? [];
  if ((closed.at(-1)?.period ?? '') >= period) return;
  books.closed.set(grain, [...closed, { ...said(event, authenticated), period }]);
  for (const plan of books.plans.values()) {
    const chain = plan.chains.get(grain);
    for (const account of chain?.accounts.values() ?? [])
      if (chain !== undefined) settle(books, chain, account, period, event.position);
  }
}

function takePlan(books: BonusBook, event: Taken<BonusPlanEvent>): void {
  const plan = planOf(books, event.data.planId);
  switch (event.type) {
    case 'bonusplan.drafted': {
      const { version, hash, terms } = event.data;
      plan.versions.set(version, { version, hash, terms, signatures: new Map() });
      return;
    }
    case 'bonusplan.signed':
      plan.versions
        .get(event.data.version)
        ?.signatures.set(event.data.as, { ...said(event, event.data.authenticated), by: event.data.member });
      return;
    case 'bonusplan.accepted': {
      const { hash, member, authenticated } = event.data;
      const byMember = plan.acceptances.get(hash) ?? new Map<string, Said>();
      plan.acceptances.set(hash, byMember);
      if (byMember.has(member)) return;
      byMember.set(member, { ...said(event, authenticated), by: member });
      forgetLive(books, plan);
      for (const chain of plan.chains.values()) {
        const account = chain.accounts.get(member);
        if (account !== undefined) bookReleases(books, chain, account);
      }
      return;
    }
    case 'bonusplan.pool-evaluated':
      takePool(books, plan, event, event.data);
      return;
    default:
      return;
  }
}

function takePool(books: BonusBook, plan: BookPlan, event: BookEvent, data: PoolEvaluatedData): void {
  const { period, members } = data;
  const whole = members.reduce((sum, { minor }) => sum + minor, 0);
  for (const { member, minor } of members) {
    if (minor === 0) continue;
    book(books, chainOf(plan, grainOf(period)), period, {
      kind: 'pool',
      position: event.position,
      eventId: event.eventId,
      member,
      minor,
      whole,
      lapsed: 0,
      share: `pool ${period}`,
      leadId: null,
      tier: null,
      crossing: null,
      at: event.occurredAt,
      earnedAt: poolMoment(books, period),
      planVersion: data.version,
      planHash: data.hash,
      events: [],
    });
  }
}

const KINDS = {
  'bonus.milestone-reached': 'milestone',
  'bonus.milestone-reversed': 'reversal',
  'bonus.adjusted': 'adjustment',
} as const;

function takeBonus(books: BonusBook, event: Taken<BonusEvent>): void {
  const { data } = event;
  const plan = planOf(books, data.planId);
  const share = crossingKey(data.leadId, data.tier, data.crossing);
  if (event.type === 'bonus.milestone-reached') plan.crossings.set(share, event.data.at);
  const touches = ('touches' in data ? data.touches : undefined)?.map(({ eventId }) => eventId) ?? [];
  const whole = data.members.reduce((sum, { minor }) => sum + minor, data.lapsed);
  for (const { member, minor } of data.members) {
    if (minor === 0) continue;
    book(books, chainOf(plan, grainOf(data.period)), data.period, {
      kind: KINDS[event.type],
      position: event.position,
      eventId: event.eventId,
      member,
      minor,
      whole,
      lapsed: data.lapsed,
      share,
      leadId: data.leadId,
      tier: data.tier,
      crossing: data.crossing,
      at: data.at,
      earnedAt: plan.crossings.get(share) ?? data.at,
      planVersion: data.planVersion,
      planHash: data.planHash,
      events: ['counted' in data ? data.counted : data.caused, touches].flat(),
    });
  }
}

function takeStatement(books: BonusBook, event: Taken<StatementEvent>): void {
  const { chain, account, trail } = placeOf(books, event.data);
  const by = said(event, event.data.authenticated);
  switch (event.type) {
    case 'statement.drafted':
      trail.drafted = { ...by, data: event.data };
      return;
    case 'statement.approved':
      trail.approved ??= { ...by, data: event.data };
      settle(books, chain, account, event.data.period, event.data.upTo);
      return;
    case 'statement.paid':
      trail.paid ??= { ...by, data: event.data };
      return;
    case 'statement.disputed': {
      const dispute: Dispute = { raised: { ...by, data: event.data }, ruled: null };
      trail.disputes.push(dispute);
      books.disputes.set(event.data.disputeId, dispute);
      return;
    }
    case 'statement.ruled': {
      const dispute = books.disputes.get(event.data.disputeId);
      if (dispute !== undefined) dispute.ruled = { ...by, data: event.data };
      for (const { member, minor } of event.data.amounts)
        book(books, chain, event.data.bookedIn, decided(event, 'ruling', member, minor));
      return;
    }
    case 'statement.debt-written-off': {
      trail.writtenOff.push({ ...by, data: event.data });
      const { member, period, amount } = event.data;
      book(books, chain, period, decided(event, 'written-off', member, amount));
    }
  }
}

const decided = (event: BookEvent, kind: 'ruling' | 'written-off', member: string, minor: number) => ({
  kind,
  position: event.position,
  eventId: event.eventId,
  member,
  minor,
  whole: minor,
  lapsed: 0,
  share: null,
  leadId: null,
  tier: null,
  crossing: null,
  at: event.occurredAt,
  earnedAt: event.occurredAt,
  planVersion: null,
  planHash: null,
  events: [],
});

function placeOf(
  books: BonusBook,
  { planId, member, period }: StatementKey,
): { readonly chain: Chain; readonly account: MemberAccount; readonly trail: Trail } {
  const chain = chainOf(planOf(books, planId), grainOf(period));
  const account = accountOf(chain, member);
  return { chain, account, trail: trailOf(account, period) };
}

function planOf(books: BonusBook, planId: string): BookPlan {
  let plan = books.plans.get(planId);
  if (plan === undefined) {
    plan = { planId, versions: new Map(), acceptances: new Map(), crossings: new Map(), chains: new Map() };
    books.plans.set(planId, plan);
  }
  return plan;
}

function chainOf(plan: BookPlan, grain: BonusGrain): Chain {
  let chain = plan.chains.get(grain);
  if (chain === undefined) {
    chain = { plan, grain, accounts: new Map(), used: new Map(), live: null, changedAt: 0 };
    plan.chains.set(grain, chain);
  }
  return chain;
}

function forgetLive(books: BonusBook, plan: BookPlan): void {
  for (const chain of plan.chains.values()) {
    chain.live = null;
    chain.changedAt = books.upTo;
  }
}

const said = ({ actor, occurredAt, position, eventId }: BookEvent, authenticated: boolean): Said => ({
  by: actor,
  at: occurredAt,
  position,
  eventId,
  authenticated,
});
