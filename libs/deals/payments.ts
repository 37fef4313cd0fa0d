import type { StreamEvent } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import type {
  DealEvent,
  PaymentAnnulledData,
  PaymentReceivedData,
  PaymentRefundedData,
  RefundAnnulledData,
} from './events/deal-events.js';

/** A payment with what became of it. It stands until it is annulled; a refunded one still stands. */
export interface Payment {
  readonly occurredAt: Instant;
  readonly data: PaymentReceivedData;
  readonly annulled: PaymentAnnulledData | null;
  /** In order of recording, annulled ones included. */
  readonly refunds: readonly Refund[];
}

export interface Refund {
  readonly occurredAt: Instant;
  readonly data: PaymentRefundedData;
  readonly annulled: RefundAnnulledData | null;
}

type PaymentEvent = Extract<
  StreamEvent<DealEvent>,
  { type: 'deal.payment-received' | 'deal.payment-annulled' | 'deal.payment-refunded' | 'deal.refund-annulled' }
>;

/** The pure fold of a deal's payments. */
export function evolvePayments(payments: readonly Payment[], event: PaymentEvent): readonly Payment[] {
  const { occurredAt } = event;
  switch (event.type) {
    case 'deal.payment-received':
      return [...payments, { occurredAt, data: event.data, annulled: null, refunds: [] }];
    case 'deal.payment-annulled':
      return changed(payments, event.data.paymentId, (payment) => ({ ...payment, annulled: event.data }));
    case 'deal.payment-refunded':
      return changed(payments, event.data.paymentId, (payment) => ({
        ...payment,
        refunds: [...payment.refunds, { occurredAt, data: event.data, annulled: null }],
      }));
    case 'deal.refund-annulled':
      return changed(payments, event.data.paymentId, (payment) => ({
        ...payment,
        refunds: payment.refunds.map((refund) =>
          refund.data.refundId === event.data.refundId ? { ...refund, annulled: event.data } : refund,
        ),
      }));
  }
}

export const paymentOf = (payments: readonly Payment[], paymentId: string): Payment | null =>
  payments.find((payment) => payment.data.paymentId === paymentId) ?? null;

export const standingPayments = (payments: readonly Payment[]): readonly Payment[] =>
  payments.filter((payment) => payment.annulled === null);

export const standingRefunds = (payment: Payment): readonly Refund[] =>
  payment.refunds.filter((refund) => refund.annulled === null);

/** Minor units of the payment's currency given back so far. */
export const refundedMinor = (payment: Payment): number =>
  standingRefunds(payment).reduce((sum, refund) => sum + refund.data.amount.minor, 0);

/** Minor units, in the currency of the payment's cost, recovered so far. */
export const costRecoveredMinor = (payment: Payment): number =>
  standingRefunds(payment).reduce((sum, refund) => sum + (refund.data.costRecovered?.minor ?? 0), 0);

const changed = (
  payments: readonly Payment[],
  paymentId: string,
  change: (payment: Payment) => Payment,
): readonly Payment[] => payments.map((payment) => (payment.data.paymentId === paymentId ? change(payment) : payment));
