import { refused } from '#kernel/errors.js';
import type { Money, Rate } from '#kernel/money.js';
import { assertNotNegative, assertPositive, rateFor } from '../../amounts.js';
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
import type { DealEvent, PaymentReceivedData } from '../../events/deal-events.js';
import type { MarginsDefinedData } from '../../events/margin-events.js';
import { costByMargin, marginOf } from '../../margins.js';
import { paymentOf, type Payment } from '../../payments.js';

export interface RecordPayment extends Said {
  readonly paymentId: string;
  /** Net of tax, above 0. */
  readonly amount: Money;
  /** In the amount's currency. */
  readonly tax?: Money | null;
  /** Cost of sale, in the amount's currency or the organisation's; left out: by the margin table, where there is one. */
  readonly cost?: Money | null;
  /** Needed when the amount is not in the organisation's currency. */
  readonly rate?: Rate | null;
  readonly reference?: string | null;
}

/**
 * RecordPayment: on an open or won deal. A payment that is there already and says the same is nothing to do, even on a deal lost since.
 * Without a stated cost it takes the one that `table`, the margins of its day, gives for the product that the deal has now; that cost stands in
 * the event for ever. Throws `DEAL.*`, `PAYMENT.*`, `MONEY.NO_RATE`.
 */
export function recordPayment(
  asked: Asked<RecordPayment>,
  deal: DealState,
  table: MarginsDefinedData | null = null,
): DealEvent[] {
  const occurredAt = occurredAtOf(asked);
  const data = received(asked);
  const before = paymentOf(deal.payments, data.paymentId);
  assertStatus(deal, 'RecordPayment', 'open', 'won', ...(before === null ? [] : (['lost'] as const)));
  if (before === null)
    return [dealEvent(deal, 'deal.payment-received', occurredAt, { ...data, ...costOf(data, deal, table) })];
  if (!saysTheSame(asked.input, { ...data, ...costAsBefore(data, before) }, before))
    throw meansSomethingElse(`payment ${data.paymentId} was recorded before, otherwise`);
  if (before.annulled !== null)
    throw refused('PAYMENT.ANNULLED', `payment ${data.paymentId} was annulled; a new one needs another id`);
  return [];
}

function received({ input, currency }: Asked<RecordPayment>): PaymentReceivedData {
  const { paymentId, amount, tax = null, cost = null, reference = null } = input;
  assertPositive(amount, 'PAYMENT.AMOUNT_NOT_POSITIVE', '/amount');
  assertNotNegative(tax, 'PAYMENT.NEGATIVE_TAX', '/tax');
  assertNotNegative(cost, 'PAYMENT.NEGATIVE_COST', '/cost');
  if (tax !== null && tax.currency !== amount.currency) {
    throw badField('PAYMENT.OTHER_CURRENCY', '/tax', `the tax must be in ${amount.currency}, like the amount`);
  }
  if (cost !== null && cost.currency !== amount.currency && cost.currency !== currency) {
    throw badField('PAYMENT.OTHER_CURRENCY', '/cost', `the cost must be in ${amount.currency} or ${currency}`);
  }
  const rate = rateFor(amount, input.rate, currency);
  return {
    paymentId,
    amount,
    tax,
    cost,
    costBasis: cost === null ? null : 'given',
    rate,
    reference,
    ...assumedOf(input),
  };
}

type Cost = Pick<PaymentReceivedData, 'cost' | 'costBasis'>;

function costOf(data: PaymentReceivedData, deal: DealState, table: MarginsDefinedData | null): Cost {
  if (data.cost !== null || table === null) return pick(data);
  const margin = marginOf(table, deal.product);
  return margin === null
    ? { cost: null, costBasis: null }
    : { cost: costByMargin(data.amount, margin), costBasis: 'margin-table' };
}

/** A repeat that states no cost means the same whatever a margin table has said meanwhile. */
const costAsBefore = (data: Cost, before: Payment): Cost =>
  data.cost === null && before.data.costBasis !== 'given' ? pick(before.data) : pick(data);

const pick = ({ cost, costBasis }: Cost): Cost => ({ cost, costBasis });
