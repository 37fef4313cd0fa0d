import type { DomainEvent, Team } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';

export const DEAL_KINDS = ['new', 'expansion', 'renewal'] as const;
export type DealKind = (typeof DEAL_KINDS)[number];

interface Assumed {
  readonly assumed?: readonly ('occurredAt' | 'opening')[];
}

export interface DealOpenedData extends Assumed {
  readonly kind: DealKind;
  readonly account: string | null;
  readonly product: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  /** Pipeline stage; free text, `open` when none was given. */
  readonly stage: string;
  readonly value: Money | null;
  /** Present when the value's currency is not the organisation's. */
  readonly rate: Rate | null;
  /** A day. */
  readonly expectedCloseOn: string | null;
  readonly owner: string | null;
  readonly ownerTeam: Team | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface DealAmendedData extends Assumed {
  readonly value?: Money | null;
  readonly rate?: Rate | null;
  readonly product?: string | null;
  readonly expectedCloseOn?: string | null;
  /** personal */
  readonly reason: string | null;
}

export interface DealAssignedData extends Assumed {
  readonly owner: string | null;
  readonly team: Team | null;
}

export interface DealAdvancedData extends Assumed {
  readonly stage: string;
  /** null: unchanged */
  readonly value: Money | null;
  readonly rate: Rate | null;
}

export interface DealWonData extends Assumed {
  /** The value won; null keeps the deal's value. */
  readonly value: Money | null;
  readonly rate: Rate | null;
  /** A code of the *close* list, from its version 2 on; absent where none was given. */
  readonly reason?: string;
  /** personal */
  readonly note: string | null;
}

export interface DealLostData extends Assumed {
  readonly value: Money | null;
  readonly rate: Rate | null;
  /** A code of the *close* list (version 1: the reasons to lose a deal). */
  readonly reason: string;
  /** personal */
  readonly note: string | null;
}

export interface DealReasonData {
  /** personal */
  readonly reason: string | null;
}

export interface PaymentReceivedData extends Assumed {
  readonly paymentId: string;
  /** Net of tax. */
  readonly amount: Money;
  readonly tax: Money | null;
  readonly cost: Money | null;
  readonly costBasis: 'given' | 'margin-table' | null;
  readonly rate: Rate | null;
  readonly reference: string | null;
}

export interface PaymentAnnulledData {
  readonly paymentId: string;
  /** personal */
  readonly reason: string | null;
}

export const REFUND_KINDS = ['refund', 'chargeback', 'bounced', 'credit-note'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

export interface PaymentRefundedData extends Assumed {
  readonly refundId: string;
  readonly paymentId: string;
  readonly kind: RefundKind;
  readonly amount: Money;
  readonly costRecovered: Money | null;
  readonly reason: string | null;
}

export interface RefundAnnulledData {
  readonly refundId: string;
  readonly paymentId: string;
  /** personal */
  readonly reason: string | null;
}

export type DealEvent =
  | DomainEvent<'deal.opened', DealOpenedData>
  | DomainEvent<'deal.amended', DealAmendedData>
  | DomainEvent<'deal.assigned', DealAssignedData>
  | DomainEvent<'deal.advanced', DealAdvancedData>
  | DomainEvent<'deal.won', DealWonData>
  | DomainEvent<'deal.lost', DealLostData>
  | DomainEvent<'deal.reopened', DealReasonData>
  | DomainEvent<'deal.annulled', DealReasonData>
  | DomainEvent<'deal.payment-received', PaymentReceivedData>
  | DomainEvent<'deal.payment-annulled', PaymentAnnulledData>
  | DomainEvent<'deal.payment-refunded', PaymentRefundedData>
  | DomainEvent<'deal.refund-annulled', RefundAnnulledData>;

export const dealStream = (dealId: string): string => `deal-${dealId}`;
