import type { DomainEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { Basis } from '../plan/terms.js';
import type { MemberAmount } from './bonus-plan-events.js';

/** What every event of a lead's bonus says of the state that was judged. All amounts: minor units of the organisation's currency. */
export interface Judged {
  readonly planId: string;
  readonly leadId: string;
  readonly tier: string;
  /** 1 for the tier's first crossing by this lead, 2 for the one after its reversal, ... */
  readonly crossing: number;
  readonly planVersion: number;
  readonly planHash: string;
  /** The lead's own events up to this position were looked at ... */
  readonly upTo: number;
  /** ... and what is known of plans, campaigns, members and statements up to this one (at or behind `upTo`). */
  readonly knownTo: number;
  /** The period in which it is booked: the one of the crossing (or of what changed it) where that was open, else the first open one after it. */
  readonly period: string;
  readonly currency: string;
}

/** A tier's threshold was reached; `members` have the whole reward, before acceptance, leaving and caps are looked at. */
export interface MilestoneReachedData extends Judged {
  readonly at: Instant;
  readonly basis: Basis;
  readonly threshold: number;
  /** The running basis right after the crossing. */
  readonly running: number;
  /** What is split: the reward as it stands at `upTo`. */
  readonly reward: number;
  readonly members: readonly MemberAmount[];
  /** What had nobody to go to. */
  readonly lapsed: number;
  /** Event ids of the payments and refunds up to the crossing, in business time. */
  readonly counted: readonly string[];
  /** Touches that the reward was split over, with their weights (sum 1) and who stands behind each. */
  readonly touches: readonly TouchShare[];
}

export interface TouchShare {
  readonly eventId: string;
  readonly weight: number;
  /** `owner` of its campaign on its day, its `actor`, or the plan's `pool`. */
  readonly through: 'owner' | 'actor' | 'pool';
  readonly members: readonly string[];
}

/** The crossing never was, or was taken back by refunds: its members give back all that they have from it. */
export interface MilestoneReversedData extends Judged {
  readonly at: Instant;
  readonly because: 'refund' | 'correction';
  readonly running: number;
  readonly members: readonly MemberAmount[];
  readonly lapsed: number;
  /** Event ids of what caused it. */
  readonly caused: readonly string[];
}

/** The reward or its split is another one; `members` are the differences. */
export interface BonusAdjustedData extends Judged {
  readonly at: Instant;
  readonly because: 'payment' | 'refund' | 'correction' | 'touches';
  readonly running: number;
  /** The whole reward as it stands now. */
  readonly reward: number;
  readonly members: readonly MemberAmount[];
  readonly lapsed: number;
  readonly caused: readonly string[];
  /** As in `MilestoneReachedData`, where the split is another one now. */
  readonly touches?: readonly TouchShare[];
}

export type BonusEvent =
  | DomainEvent<'bonus.milestone-reached', MilestoneReachedData>
  | DomainEvent<'bonus.milestone-reversed', MilestoneReversedData>
  | DomainEvent<'bonus.adjusted', BonusAdjustedData>;

export const BONUS_EVENT_TYPES = [
  'bonus.milestone-reached',
  'bonus.milestone-reversed',
  'bonus.adjusted',
] as const satisfies readonly BonusEvent['type'][];

export const bonusStream = (planId: string, leadId: string): string => `bonus-${planId}.${leadId}`;
