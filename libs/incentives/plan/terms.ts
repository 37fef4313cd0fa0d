import type { DealKind } from '#deals/events/deal-events.js';
import type { Money } from '#kernel/money.js';

/** What a milestone counts of a lead's payments less its refunds, in the organisation's currency. */
export const BASES = ['profit', 'revenue'] as const;
export type Basis = (typeof BASES)[number];

/** A percentage as decimal text with up to four decimals: "2.5" is 2.5 %. */
export type Percent = string;

export type Reward =
  /** Once, whatever lies above the threshold. */
  | { readonly kind: 'fixed'; readonly amount: Money }
  /** Once: of everything that the lead had brought in at the crossing. Follows later refunds of those payments. */
  | { readonly kind: 'share'; readonly percent: Percent }
  /** Of what the lead brings in above the threshold, as it comes. */
  | { readonly kind: 'ongoing'; readonly percent: Percent };

export interface Tier {
  /** `[a-z0-9-]{1,64}`; the same tier in another version has the same id. */
  readonly id: string;
  /** Reached when the running basis is at or above it; above 0. */
  readonly threshold: Money;
  readonly reward: Reward;
  /** Pays only what the lower standing tiers of the lead have not paid yet; only with a fixed reward. */
  readonly replace: boolean;
}

export type Split =
  /** Over marketing's touches, by a version of a rule model: `linear@1`. */
  | { readonly kind: 'attribution'; readonly model: string }
  /** The same for every lead that marketing touched. */
  | { readonly kind: 'fixed'; readonly shares: readonly MemberShare[] };

export interface MemberShare {
  /** Handle. */
  readonly member: string;
  /** An integer above 0; parts of the sum of all weights. */
  readonly weight: number;
}

export interface Caps {
  readonly perPersonAndPeriod: Money | null;
  readonly perPlanAndPeriod: Money | null;
  /** Whether what lies above a cap is paid in later periods, as far as their caps allow; else it lapses. */
  readonly carryOver: boolean;
}

/** An amount for both teams in every period in which a figure that both own is at or above its target. */
export interface TeamPool {
  /** A metric of the glossary: a count, an amount of money or a ratio over the whole period. */
  readonly metric: string;
  /** Decimal text in the metric's own unit: a count, money as "1250.00", a ratio as "0.12". */
  readonly target: string;
  readonly amount: Money;
  readonly shares: readonly MemberShare[];
}

/** A version of a plan: exactly what is signed and accepted. All amounts are in the organisation's currency. */
export interface PlanTerms {
  readonly name: string;
  /** First day; of the versions that are active on a day the one with the latest effectiveFrom holds, of equal ones the later version. */
  readonly effectiveFrom: string;
  /** Last day; null: until the plan ends. */
  readonly effectiveTo: string | null;
  readonly grain: 'month' | 'quarter';
  readonly basis: Basis;
  /** In order of their thresholds. */
  readonly tiers: readonly Tier[];
  readonly dealKinds: readonly DealKind[];
  /** `effectiveDate`: payments before the plan's first day do not count. */
  readonly countsFrom: 'firstPayment' | 'effectiveDate';
  /** A crossing later than so many months after the lead's first payment earns nothing; null: no limit. */
  readonly withinMonths: number | null;
  readonly split: Split;
  /** Who shares what marketing's touches without an owner earned; empty: it lapses. */
  readonly pool: readonly MemberShare[];
  readonly caps: Caps;
  /** Refunds up to so many months after the crossing take back. */
  readonly clawbackMonths: number;
  /** `crossing`: whoever was a member then is paid; `payday`: who still is so many days after the period. */
  readonly earnOn: { readonly moment: 'crossing' } | { readonly moment: 'payday'; readonly daysAfterPeriod: number };
  /** Who can be paid: members of marketing, or exactly these. The share of anybody else lapses. */
  readonly payees: { readonly team: 'marketing' } | { readonly members: readonly string[] };
  readonly teamPool: TeamPool | null;
  /** Handles of the heads whose signatures make a version active. */
  readonly signatories: Readonly<Record<Signatory, string>>;
  /** What the heads agreed on besides; null where there is none. */
  readonly note: string | null;
}

export const SIGNATORIES = ['marketing', 'sales', 'finance'] as const;
export type Signatory = (typeof SIGNATORIES)[number];
