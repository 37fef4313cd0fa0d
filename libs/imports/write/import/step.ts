import type { SpendKind } from '#campaigns/events/spend-events.js';
import type { DealKind, RefundKind } from '#deals/events/deal-events.js';
import type { Team } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import type { LeadStage, Origin, Person, TouchOutcome } from '#leads/events/lead-events.js';

/** Where a step came from: what a person is shown when it is refused. */
export interface RowRef {
  readonly file: string;
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

interface StepBase {
  /** The source's own id of the lead; null for a deal without one. */
  readonly lead: string | null;
  readonly occurredAt: Instant;
  /** True when `occurredAt` is the mapping's `undatedOn`. */
  readonly assumed: boolean;
  readonly ref: RowRef;
}

export interface LeadValues extends Origin {
  readonly person: Person | null;
  readonly company: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly owner: string | null;
}

export type ImportedStage = Exclude<LeadStage, 'lead'>;
export const IMPORTED_STAGES: readonly ImportedStage[] = ['mql', 'sal', 'sql', 'rejected', 'recycled', 'disqualified'];

export interface StageValues {
  readonly stage: ImportedStage;
  readonly reason: string | null;
  readonly note: string | null;
  readonly until: string | null;
  readonly definition: string | null;
}

export interface DealValues {
  readonly kind: DealKind;
  readonly account: string | null;
  readonly product: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  /** null: the row does not say; a deal opened so has the stage `open`. */
  readonly stage: string | null;
  readonly value: Money | null;
  /** Where the value's currency needs one; absent, not null, else. */
  readonly rate?: Rate;
  readonly expectedCloseOn: string | null;
  readonly owner: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface CloseValues {
  readonly outcome: 'won' | 'lost';
  readonly value: Money | null;
  readonly rate?: Rate;
  readonly reason: string | null;
  readonly note: string | null;
}

export interface PaymentValues {
  readonly amount: Money;
  readonly tax: Money | null;
  readonly cost: Money | null;
  readonly rate?: Rate;
  readonly reference: string | null;
}

export interface RefundValues {
  readonly kind: RefundKind;
  readonly amount: Money;
  readonly costRecovered: Money | null;
  readonly reason: string | null;
}

export interface TouchValues extends Origin {
  readonly kind: string;
  readonly member: string | null;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly automated: boolean;
  readonly outcome: TouchOutcome | null;
  readonly recordingUrl: string | null;
  readonly note: string | null;
}

export interface LeadStep extends StepBase {
  readonly kind: 'lead';
  readonly lead: string;
  readonly values: LeadValues;
}
export interface StageStep extends StepBase {
  readonly kind: 'stage';
  readonly lead: string;
  readonly values: StageValues;
  /** True when the row tells the lead's present stage in one column, rather than each stage in a column of its own. */
  readonly present: boolean;
}
export interface TouchStep extends StepBase {
  readonly kind: 'touch';
  readonly lead: string;
  /** The source's id of the touch; null: its digest. */
  readonly touch: string | null;
  readonly values: TouchValues;
}
export interface DealStep extends StepBase {
  readonly kind: 'deal';
  readonly deal: string;
  readonly values: DealValues;
  /** True when the source knows the deal only by its close. */
  readonly openingAssumed: boolean;
}
export interface CloseStep extends StepBase {
  readonly kind: 'close';
  readonly deal: string;
  readonly values: CloseValues;
}
export interface PaymentStep extends StepBase {
  readonly kind: 'payment';
  readonly deal: string;
  readonly payment: string;
  readonly values: PaymentValues;
}

export interface RefundStep extends StepBase {
  readonly kind: 'refund';
  readonly deal: string;
  /** As the payment's record names it. */
  readonly payment: string;
  readonly refund: string;
  readonly values: RefundValues;
}

export interface SpendValues {
  readonly campaign: string | null;
  /** null: chosen from the rest, else the campaign's. */
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly kind: SpendKind;
  readonly amount: Money;
  readonly rate?: Rate;
  readonly impressions: number | null;
  readonly clicks: number | null;
}

export interface SpendStep extends StepBase {
  readonly kind: 'spend';
  readonly lead: null;
  /** What tells it from other spend of the source. */
  readonly spend: string;
  readonly values: SpendValues;
}

/** One thing that a row says happened. */
export type Step = LeadStep | StageStep | TouchStep | DealStep | CloseStep | PaymentStep | RefundStep | SpendStep;

/** A person named in an owner column or a member file, with the first moment that needs them. */
export interface MemberNeed {
  readonly handle: string;
  readonly at: Instant;
  /** null: named in passing; the file of members may say more. */
  readonly details: MemberDetails | null;
}
export interface MemberDetails {
  readonly team: Team;
  readonly role: 'member' | 'head';
  readonly manager: string | null;
  readonly aliases: readonly string[];
}

/** Why a row (or one step of it) is not in the ledger. */
export interface Rejection {
  readonly ref: RowRef;
  /** The column to look at; empty where no single one is to blame. */
  readonly column: string;
  /** Stable. */
  readonly code: string;
  readonly reason: string;
}
