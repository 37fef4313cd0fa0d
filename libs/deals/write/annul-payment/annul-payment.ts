import { DomainError, refused } from '#kernel/errors.js';
import { assertStatus, dealEvent, meansSomethingElse, occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { DealState } from '../../deal.js';
import type { DealEvent } from '../../events/deal-events.js';
import { paymentOf, standingRefunds } from '../../payments.js';

export interface AnnulPayment extends Omit<Said, 'assumed'> {
  readonly paymentId: string;
  readonly reason?: string | null;
}

/**
 * AnnulPayment: a payment entered in error never happened (which is not a refund). Throws `DEAL.*`, `PAYMENT.NOT_FOUND`, and
 * `PAYMENT.REFUNDED` while refunds of it stand: they would give back money that never came.
 */
export function annulPayment(asked: Asked<AnnulPayment>, deal: DealState): DealEvent[] {
  assertStatus(deal, 'AnnulPayment', 'open', 'won', 'lost');
  const occurredAt = occurredAtOf(asked);
  const { paymentId, reason = null } = asked.input;
  const payment = paymentOf(deal.payments, paymentId);
  if (payment === null) throw new DomainError('not-found', 'PAYMENT.NOT_FOUND', `the deal has no payment ${paymentId}`);
  if (payment.annulled !== null) {
    if (payment.annulled.reason === reason) return [];
    throw meansSomethingElse(`payment ${paymentId} was annulled before, for another reason`);
  }
  if (standingRefunds(payment).length > 0) {
    throw refused('PAYMENT.REFUNDED', `payment ${paymentId} has refunds that stand; they must be annulled first`);
  }
  return [dealEvent(deal, 'deal.payment-annulled', occurredAt, { paymentId, reason })];
}
