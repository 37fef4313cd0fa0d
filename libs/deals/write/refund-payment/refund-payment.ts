import { DomainError, refused } from '#kernel/errors.js';
import type { Money } from '#kernel/money.js';
import { assertNotNegative, assertPositive } from '../../amounts.js';
import {
  assertStatus,
  assumedOf,
  badField,
  dealEvent,
  meansSomethingElse,
  occurredAtOf,
  saysTheSame,
  type Asked,
  type Said,
} from '../../asked.js';
import type { DealState } from '../../deal.js';
import type { DealEvent, PaymentRefundedData, RefundKind } from '../../events/deal-events.js';
import { costRecoveredMinor, paymentOf, refundedMinor, type Payment } from '../../payments.js';

export interface RefundPayment extends Said {
  readonly refundId: string;
  readonly paymentId: string;
  readonly kind?: RefundKind;
  /** In the payment's currency, above 0; with the refunds that stand at most the payment. It is converted by the payment's rate. */
  readonly amount: Money;
  /** In the currency of the payment's cost; with what was recovered before at most that cost. */
  readonly costRecovered?: Money | null;
  /** A code. */
  readonly reason?: string | null;
}

/** RefundPayment: money of a standing payment given back. Throws `DEAL.*`, `PAYMENT.NOT_FOUND`, `PAYMENT.ANNULLED`, `REFUND.*`. */
export function refundPayment(asked: Asked<RefundPayment>, deal: DealState): DealEvent[] {
  assertStatus(deal, 'RefundPayment', 'open', 'won', 'lost');
  const occurredAt = occurredAtOf(asked);
  const { input } = asked;
  const { refundId, paymentId, amount, kind = 'refund', costRecovered = null, reason = null } = input;
  assertPositive(amount, 'REFUND.AMOUNT_NOT_POSITIVE', '/amount');
  assertNotNegative(costRecovered, 'REFUND.NEGATIVE_COST', '/costRecovered');
  const data: PaymentRefundedData = { refundId, paymentId, kind, amount, costRecovered, reason, ...assumedOf(input) };

  const before = deal.payments
    .flatMap((payment) => payment.refunds)
    .find((refund) => refund.data.refundId === refundId);
  if (before !== undefined) {
    if (!saysTheSame(input, data, before))
      throw meansSomethingElse(`refund ${refundId} was recorded before, otherwise`);
    if (before.annulled !== null)
      throw refused('REFUND.ANNULLED', `refund ${refundId} was annulled; a new one needs another id`);
    return [];
  }
  const payment = paymentOf(deal.payments, paymentId);
  if (payment === null) throw new DomainError('not-found', 'PAYMENT.NOT_FOUND', `the deal has no payment ${paymentId}`);
  if (payment.annulled !== null)
    throw refused('PAYMENT.ANNULLED', `payment ${paymentId} was annulled: there is nothing to refund`);
  assertAmountLeft(payment, amount);
  assertCostLeft(payment, costRecovered);
  return [dealEvent(deal, 'deal.payment-refunded', occurredAt, data)];
}

function assertAmountLeft(payment: Payment, amount: Money): void {
  const paid = payment.data.amount;
  if (amount.currency !== paid.currency) {
    throw badField('REFUND.OTHER_CURRENCY', '/amount', `the payment was in ${paid.currency}, and so is its refund`);
  }
  if (refundedMinor(payment) + amount.minor > paid.minor) {
    throw refused('REFUND.EXCEEDS_PAYMENT', 'the refunds of a payment cannot exceed it');
  }
}

function assertCostLeft(payment: Payment, costRecovered: Money | null): void {
  if (costRecovered === null) return;
  const { cost } = payment.data;
  if (cost !== null && costRecovered.currency !== cost.currency) {
    throw badField('REFUND.OTHER_CURRENCY', '/costRecovered', `the payment's cost was in ${cost.currency}`);
  }
  if (costRecoveredMinor(payment) + costRecovered.minor > (cost?.minor ?? 0)) {
    throw refused('REFUND.EXCEEDS_COST', "what is recovered cannot exceed the payment's cost");
  }
}
