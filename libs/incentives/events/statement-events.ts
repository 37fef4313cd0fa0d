import type { DomainEvent } from '#kernel/envelope.js';
import type { MemberAmount } from './bonus-plan-events.js';

export interface StatementKey {
  readonly planId: string;
  readonly member: string;
  /** `2026-03`, `2026-Q1` */
  readonly period: string;
}

/** A draft is what the ledger said up to a position; it may be drafted again until it is approved. */
export interface StatementDraftedData extends StatementKey {
  /** Everything up to this position is in it. */
  readonly upTo: number;
  /** Minor units of the organisation's currency. `total` may be negative; `payable` is not. */
  readonly opening: number;
  readonly total: number;
  readonly payable: number;
  readonly currency: string;
  /** SHA-256 (hex) of the canonical JSON of the whole statement, lines included. */
  readonly hash: string;
  readonly authenticated: boolean;
}

/** From here on the statement never changes: whatever is recorded later lands in a later period. */
export interface StatementApprovedData extends StatementKey {
  readonly upTo: number;
  readonly hash: string;
  readonly payable: number;
  readonly currency: string;
  readonly authenticated: boolean;
}

export interface StatementPaidData extends StatementKey {
  readonly hash: string;
  readonly amount: number;
  readonly currency: string;
  /** A day. */
  readonly on: string;
  readonly reference: string | null;
  readonly authenticated: boolean;
}

export interface StatementDisputedData extends StatementKey {
  readonly disputeId: string;
  /** Handle of who raised it. */
  readonly by: string;
  /** personal */
  readonly reason: string;
  readonly authenticated: boolean;
}

/** `amounts`: what the ruling gives to (or, negative, takes from) everyone concerned, booked in the open period. */
export interface StatementRuledData extends StatementKey {
  readonly disputeId: string;
  readonly upheld: boolean;
  /** personal */
  readonly reason: string;
  readonly bookedIn: string;
  readonly currency: string;
  readonly amounts: readonly MemberAmount[];
  readonly authenticated: boolean;
}

/** What somebody who left owes and will not pay back. */
export interface DebtWrittenOffData extends StatementKey {
  readonly amount: number;
  readonly currency: string;
  /** personal */
  readonly reason: string;
  readonly authenticated: boolean;
}

export type StatementEvent =
  | DomainEvent<'statement.drafted', StatementDraftedData>
  | DomainEvent<'statement.approved', StatementApprovedData>
  | DomainEvent<'statement.paid', StatementPaidData>
  | DomainEvent<'statement.disputed', StatementDisputedData>
  | DomainEvent<'statement.ruled', StatementRuledData>
  | DomainEvent<'statement.debt-written-off', DebtWrittenOffData>;

export const STATEMENT_EVENT_TYPES = [
  'statement.drafted',
  'statement.approved',
  'statement.paid',
  'statement.disputed',
  'statement.ruled',
  'statement.debt-written-off',
] as const satisfies readonly StatementEvent['type'][];

/** `memberId`: of the member's own stream; handles may hold any character. */
export const statementStream = (planId: string, memberId: string, period: string): string =>
  `statement-${planId}.${memberId}.${period}`;

/** A period of a grain is closed for all plans at once, and never opened again. */
export interface PeriodClosedData {
  readonly period: string;
  readonly authenticated: boolean;
}

export type BonusPeriodEvent = DomainEvent<'bonusperiod.closed', PeriodClosedData>;

export const BONUS_PERIOD_EVENT_TYPES = ['bonusperiod.closed'] as const satisfies readonly BonusPeriodEvent['type'][];

export const bonusPeriodStream = (period: string): string => `bonusperiod-${period}`;
