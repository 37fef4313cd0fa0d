import type { DomainEvent } from '#kernel/envelope.js';
import type { PlanTerms, Signatory } from '../plan/terms.js';

export interface PlanDraftedData {
  readonly planId: string;
  /** One more than the version before it; the first is 1. */
  readonly version: number;
  readonly terms: PlanTerms;
  /** SHA-256 (hex) of the canonical JSON of {planId, version, terms}: what is signed and accepted. */
  readonly hash: string;
}

export interface PlanSignedData {
  readonly planId: string;
  readonly version: number;
  readonly hash: string;
  readonly as: Signatory;
  /** Handle of who signed. */
  readonly member: string;
  /** False where the server ran without keys: anybody could have said so. */
  readonly authenticated: boolean;
}

export interface PlanAcceptedData {
  readonly planId: string;
  readonly version: number;
  readonly hash: string;
  /** Handle of the payee. */
  readonly member: string;
  readonly authenticated: boolean;
}

export interface PlanEndedData {
  readonly planId: string;
  /** Last day. */
  readonly on: string;
  /** personal */
  readonly reason: string | null;
}

/** Whether the figure of both teams met the target in a period, and what its members get; again where the figure became another one. */
export interface PoolEvaluatedData {
  readonly planId: string;
  readonly version: number;
  readonly hash: string;
  /** `2026-03`, `2026-Q1` */
  readonly period: string;
  readonly metric: string;
  /** Decimal text; null: the figure has no value. */
  readonly value: string | null;
  readonly target: string;
  readonly met: boolean;
  /** Everything known up to this position was looked at. */
  readonly knownTo: number;
  /** Changes to what the members had from this pool and period so far. */
  readonly members: readonly MemberAmount[];
}

/** Minor units of the organisation's currency, signed. */
export interface MemberAmount {
  readonly member: string;
  readonly minor: number;
}

export type BonusPlanEvent =
  | DomainEvent<'bonusplan.drafted', PlanDraftedData>
  | DomainEvent<'bonusplan.signed', PlanSignedData>
  | DomainEvent<'bonusplan.accepted', PlanAcceptedData>
  | DomainEvent<'bonusplan.ended', PlanEndedData>
  | DomainEvent<'bonusplan.pool-evaluated', PoolEvaluatedData>;

export const BONUS_PLAN_EVENT_TYPES = [
  'bonusplan.drafted',
  'bonusplan.signed',
  'bonusplan.accepted',
  'bonusplan.ended',
  'bonusplan.pool-evaluated',
] as const satisfies readonly BonusPlanEvent['type'][];

export const bonusPlanStream = (planId: string): string => `bonusplan-${planId}`;
