import type { DealKind } from '#deals/events/deal-events.js';
import type { Team } from '#kernel/envelope.js';
import type { DayNumber, Instant } from '#kernel/time.js';

/**
 * What a lead brought in over all its deals, and what touched it: a pure fold of its own events and its deals'. Amounts are minor units of
 * the organisation's currency. Annulled payments, refunds, touches and deals are not in it.
 */
export interface LeadAccount {
  readonly leadId: string;
  /** Position of the last event that was looked at. */
  readonly upTo: number;
  readonly deals: readonly AccountDeal[];
  /** Touches in business time; empty where only the movements were asked for. */
  readonly touches: readonly AccountTouch[];
  readonly leadCreatedAt: Instant | null;
}

export interface AccountDeal {
  readonly dealId: string;
  readonly kind: DealKind;
  readonly openedAt: Instant;
  /** In business time: (at, position). */
  readonly payments: readonly AccountPayment[];
}

/** When something happened, and where it stands in the ledger. */
export interface Placed {
  readonly eventId: string;
  readonly at: Instant;
  readonly position: number;
  readonly day: DayNumber;
}

export interface AccountPayment extends Placed {
  readonly paymentId: string;
  readonly revenue: number;
  /** null: nobody knows its cost. */
  readonly profit: number | null;
  readonly refunds: readonly AccountRefund[];
}

/** What it takes away, both 0 or more; parts of one payment sum to exactly what the whole converts to. */
export interface AccountRefund extends Placed {
  readonly refundId: string;
  readonly revenue: number;
  /** null where the payment's is. */
  readonly profit: number | null;
}

export interface AccountTouch extends Placed {
  readonly touchId: string;
  readonly kind: string;
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly member: string | null;
  readonly team: Team | null;
  readonly automated: boolean;
}
