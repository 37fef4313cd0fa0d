import { calendar, type Calendar } from '#kernel/calendar.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { MEMBER_EVENT_TYPES } from '#members/events/member-events.js';
import type { MemberState } from '#members/member.js';
import { BONUS_EVENT_TYPES } from '../events/bonus-events.js';
import { BONUS_PLAN_EVENT_TYPES } from '../events/bonus-plan-events.js';
import {
  BONUS_PERIOD_EVENT_TYPES,
  STATEMENT_EVENT_TYPES,
  type DebtWrittenOffData,
  type StatementApprovedData,
  type StatementDisputedData,
  type StatementDraftedData,
  type StatementPaidData,
  type StatementRuledData,
} from '../events/statement-events.js';
import type { BonusGrain, PeriodName } from '../plan/bonus-period.js';
import type { PlanTerms, Signatory } from '../plan/terms.js';
import type { MemberAccount } from './member-account.js';
import type { LiveRun } from './live-run.js';

/**
 * Everything that statements stand on, and nothing else: plans with their signatures and acceptances, what was earned, who was a member when,
 * what was drafted, approved, paid, disputed and closed. `foldBook` makes it from events alone, so that an export is enough. It is a
 * fold that changes in place: a year's book takes one more event without being copied.
 */
export interface BonusBook {
  /** Position of the last event that was taken. */
  upTo: number;
  calendar: Calendar;
  currency: string;
  readonly members: Map<string, BookMember>;
  readonly plans: Map<string, BookPlan>;
  /** By grain: everything up to this period is closed. */
  readonly closed: Map<BonusGrain, ClosedPeriod[]>;
  readonly disputes: Map<string, Dispute>;
}

/** An event as the book takes it: the recorded one, or a line of an export. */
export interface BookEvent {
  readonly eventId: string;
  readonly type: string;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly stream: string;
  /** Handle. */
  readonly actor: string;
  readonly data: unknown;
}

export const BOOK_EVENT_TYPES: readonly string[] = [
  'organisation.configured',
  ...MEMBER_EVENT_TYPES,
  ...BONUS_PLAN_EVENT_TYPES,
  ...BONUS_EVENT_TYPES,
  ...STATEMENT_EVENT_TYPES,
  ...BONUS_PERIOD_EVENT_TYPES,
];

export const bookEventOf = (event: RecordedEvent): BookEvent => ({
  eventId: event.eventId,
  type: event.type,
  position: Number(event.position),
  occurredAt: event.occurredAt,
  stream: event.stream,
  actor: event.actor.id,
  data: event.data(),
});

export interface BookMember {
  state: MemberState;
  /** As the states were known: positions ascend. */
  readonly history: { readonly position: number; readonly state: MemberState }[];
}

/** Who said something, when, and whether somebody vouches for it. */
export interface Said {
  readonly by: string;
  readonly at: Instant;
  readonly position: number;
  readonly eventId: string;
  readonly authenticated: boolean;
}

export interface ClosedPeriod extends Said {
  readonly period: PeriodName;
}

export interface BookVersion {
  readonly version: number;
  readonly hash: string;
  readonly terms: PlanTerms;
  readonly signatures: Map<Signatory, Said>;
}

export interface BookPlan {
  readonly planId: string;
  readonly versions: Map<number, BookVersion>;
  /** By hash, then by member. */
  readonly acceptances: Map<string, Map<string, Said>>;
  /** Moments of the crossings, by `crossingKey`. */
  readonly crossings: Map<string, Instant>;
  readonly chains: Map<BonusGrain, Chain>;
}

/** The periods of one grain under a plan: each one's statements begin with what the one before left. */
export interface Chain {
  readonly plan: BookPlan;
  readonly grain: BonusGrain;
  readonly accounts: Map<string, MemberAccount>;
  /** By period: what frozen statements used of the plan's cap. */
  readonly used: Map<PeriodName, number>;
  /** What open periods say now; null after something that may change it. */
  live: LiveRun | null;
  /** Position of the last event that changed what is granted. */
  changedAt: number;
}

/** What happened to a statement. */
export interface Trail {
  drafted: (Said & { readonly data: StatementDraftedData }) | null;
  approved: (Said & { readonly data: StatementApprovedData }) | null;
  paid: (Said & { readonly data: StatementPaidData }) | null;
  readonly disputes: Dispute[];
  readonly writtenOff: (Said & { readonly data: DebtWrittenOffData })[];
}

export interface Dispute {
  readonly raised: Said & { readonly data: StatementDisputedData };
  ruled: (Said & { readonly data: StatementRuledData }) | null;
}

export const emptyBook = (): BonusBook => ({
  upTo: 0,
  calendar: calendar('UTC', '01-01'),
  currency: 'EUR',
  members: new Map(),
  plans: new Map(),
  closed: new Map(),
  disputes: new Map(),
});

export const crossingKey = (leadId: string, tier: string, crossing: number): string => `${leadId} ${tier} ${crossing}`;
