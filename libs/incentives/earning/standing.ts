import type { Instant } from '#kernel/time.js';
import type { MemberAmount } from '../events/bonus-plan-events.js';
import type { TouchShare } from '../events/bonus-events.js';
import type { Basis, PlanTerms } from '../plan/terms.js';

/** A version of a plan that all its heads have signed. */
export interface ActiveVersion {
  readonly planId: string;
  readonly version: number;
  readonly hash: string;
  readonly terms: PlanTerms;
  /** Position of the signature that made it active. */
  readonly activeFrom: number;
}

/** One crossing as it must be, after everything that is known: at most one a tier stands. */
export interface Standing {
  readonly tier: string;
  readonly crossing: number;
  readonly version: ActiveVersion;
  readonly at: Instant;
  readonly basis: Basis;
  readonly threshold: number;
  readonly runningAtCrossing: number;
  /** As it stands at the account's `upTo`; 0 where it was taken back. */
  readonly reward: number;
  /** Split of the reward, in order of the handles; without zeros. */
  readonly members: readonly MemberAmount[];
  readonly lapsed: number;
  readonly touches: readonly TouchShare[];
  readonly counted: readonly string[];
  /** Where the running basis fell below the threshold inside the clawback window. */
  readonly reversed: { readonly at: Instant; readonly eventId: string; readonly running: number } | null;
}
