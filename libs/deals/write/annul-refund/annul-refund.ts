import { DomainError } from '#kernel/errors.js';
import { assertStatus, dealEvent, meansSomethingElse, occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { DealState } from '../../deal.js';
import type { DealEvent } from '../../events/deal-events.js';
import { paymentOf } from '../../payments.js';

export interface AnnulRefund extends Omit<Said, 'assumed'> {
  readonly refundId: string;
  readonly paymentId: string;
  readonly reason?: string | null;
}

/** AnnulRefund: a refund entered in error never happened. Throws `DEAL.*`, `PAYMENT.NOT_FOUND`, `REFUND.NOT_FOUND`. */
export function annulRefund(asked: Asked<AnnulRefund>, deal: DealState): DealEvent[] {
  assertStatus(deal, 'AnnulRefund', 'open', 'won', 'lost');
  const occurredAt = occurredAtOf(asked);
  const { refundId, paymentId, reason = null } = asked.input;
  const payment = paymentOf(deal.payments, paymentId);
  if (payment === null) throw new DomainError('not-found', 'PAYMENT.NOT_FOUND', `the deal has no payment ${paymentId}`);
  const refund = payment.refunds.find((one) => one.data.refundId === refundId);
  if (refund === undefined)
    throw new DomainError('not-found', 'REFUND.NOT_FOUND', `payment ${paymentId} has no refund ${refundId}`);
  if (refund.annulled !== null) {
    if (refund.annulled.reason === reason) return [];
    throw meansSomethingElse(`refund ${refundId} was annulled before, for another reason`);
  }
  return [dealEvent(deal, 'deal.refund-annulled', occurredAt, { refundId, paymentId, reason })];
}
