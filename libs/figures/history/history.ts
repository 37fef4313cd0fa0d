import type { DealKind } from '#deals/events/deal-events.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import type { Custom, Dims } from './dimensions.js';
import type { Review } from './reviews.js';
import type { SpendEntry } from './spend-fold.js';
import type { Work } from './work.js';
import type { GivenOrigin, Touches } from './touches.js';

/**
 * What the facts of one lead (and its deals), of one deal without lead, or of one spend stream need to know of the past: no more than C reads. Never changed in
 * place. Positions are numbers here: an epoch is arithmetic on them, and a ledger beyond 2^53 is refused.
 */
export interface History {
  readonly lead: LeadHistory | null;
  readonly deals: readonly DealHistory[];
  /** Of a spend stream, in order of recording; empty for all others. */
  readonly spend: readonly SpendEntry[];
}

/** When something happened; `first` and `last` among such are by (at, position). */
export interface Moment {
  readonly at: Instant;
  readonly day: DayNumber;
  readonly position: number;
  /** The source gave no date: counts include it, durations never. */
  readonly assumed: boolean;
}

/** Who is in charge from this moment on. */
export interface Assignment {
  readonly at: Instant;
  readonly position: number;
  readonly owner: string | null;
  readonly team: string | null;
  /** Of the `lead.accepted` that it came with: an annulled acceptance takes its owner back. -1: assigned as such. */
  readonly revision: number;
}

export interface Attributes {
  readonly segment: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly custom: Readonly<Record<string, string>>;
}

/** Counts from its occurredAt; only what changed, null removes. */
export interface AttributeChange {
  readonly at: Instant;
  readonly position: number;
  readonly segment?: string | null;
  readonly country?: string | null;
  readonly product?: string | null;
  readonly custom?: Readonly<Record<string, string | null>>;
}

/** The seven stages of a funnel in their order; C knows them by index. */
export const FUNNEL_STAGES = ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won', 'paying'] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];
export const LEAD = 0;
export const MQL = 1;
export const SAL = 2;
export const SQL = 3;
export const OPPORTUNITY = 4;
export const WON = 5;
export const PAYING = 6;

/** A stage that the lead's own stream recorded. */
export interface StageEntry extends Moment {
  /** LEAD to SQL. */
  readonly stage: number;
  readonly pass: number;
  readonly revision: number;
}

export const EXITS = ['rejected', 'recycled', 'disqualified'] as const;

export interface Exit extends Moment {
  readonly exit: (typeof EXITS)[number];
  /** A code of the list that holds for this exit. */
  readonly reason: string;
  readonly pass: number;
  readonly revision: number;
}

export interface LeadHistory {
  /** Null until its creation is seen. */
  readonly created: Moment | null;
  readonly given: GivenOrigin;
  readonly touches: Touches;
  readonly baseline: Attributes;
  /** Both by (at, position). */
  readonly changes: readonly AttributeChange[];
  readonly assignments: readonly Assignment[];
  /** As recorded, without the annulled ones. */
  readonly stages: readonly StageEntry[];
  /** Ends of passes, without those taken back. */
  readonly exits: readonly Exit[];
  readonly work: Work;
  /** What each reviewer of sales said last of each pass and phase. */
  readonly reviews: readonly Review[];
  /** The team that recorded the creation; null until then. */
  readonly creator: string | null;
  /** Which dimensions held when; follows from what is above, made by `leadEras`. */
  readonly eras: readonly LeadEra[];
}

/** A value that the deal was given; the last by (at, position) counts. */
export interface ValueChange {
  readonly at: Instant;
  readonly position: number;
  /** Minor units of `conversion.currency`; null: no value any more. */
  readonly value: number | null;
  readonly conversion: Conversion;
}

export interface Close extends Moment {
  readonly won: boolean;
  /** A code; null where a win has none. */
  readonly reason: string | null;
}

export interface RefundEntry extends Moment {
  readonly refundId: string;
  /** Minor units of the payment's currency. */
  readonly amount: number;
  /** Minor units of the cost's currency. */
  readonly costRecovered: number;
}

/** One currency's amounts and how they become the organisation's: `rate` null where they are in it already. */
export interface Conversion {
  readonly currency: string;
  readonly rate: string | null;
}

export interface PaymentEntry extends Moment {
  readonly paymentId: string;
  /** Net of tax, minor units of `conversion.currency`. */
  readonly amount: number;
  readonly conversion: Conversion;
  readonly cost: number | null;
  readonly costConversion: Conversion;
  /** By (at, position). */
  readonly refunds: readonly RefundEntry[];
}

export interface StageChange {
  readonly at: Instant;
  readonly position: number;
  readonly stage: string;
}

export interface ProductChange {
  readonly at: Instant;
  readonly position: number;
  readonly product: string | null;
}

export interface DealHistory {
  /** Its stream. */
  readonly stream: string;
  readonly opened: Moment;
  /** Known only by its close: the opening is no start of a duration. */
  readonly openingAssumed: boolean;
  readonly kind: DealKind;
  /** Of the envelope of its opening; null without lead. */
  readonly pass: number | null;
  /** By (at, position). The one that a close brought along goes with it. */
  readonly values: readonly ValueChange[];
  readonly close: Close | null;
  readonly baseline: Attributes & { readonly stage: string };
  /** All three by (at, position). */
  readonly assignments: readonly Assignment[];
  readonly products: readonly ProductChange[];
  readonly stages: readonly StageChange[];
  readonly payments: readonly PaymentEntry[];
  readonly annulled: boolean;
  readonly eras: readonly DealEra[];
}

/** From `start` on (to the next era's start) the lead's dimensions were these. The first one starts at -Infinity. */
export interface LeadEra {
  readonly start: Instant;
  readonly dims: Dims;
}

/** What the deal says by itself; what it leaves open is filled in from the lead, and kept as long as the lead's tuple is the same. */
export interface DealEra {
  readonly start: Instant;
  readonly own: OwnDims;
  /** A memo, not part of the history. */
  merged: { readonly from: Dims; readonly dims: Dims } | null;
}

export interface OwnDims {
  readonly owner: string | null;
  readonly team: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly stage: string;
  readonly kind: string;
  readonly custom: Custom;
}
