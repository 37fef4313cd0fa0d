import { dimsAt } from '../history/eras.js';
import type { History, Moment } from '../history/history.js';
import { before } from '../history/order.js';
import { assumedFact } from './assumed.js';
import { METRIC, type Fact } from './fact.js';

/** The lead as a customer: its first won deal, its earliest payment above 0, and the day on which all it ever paid was back with it. */
export function customerFacts(history: History): Fact[] {
  const { lead } = history;
  const facts: Fact[] = [];
  if (lead === null) return facts;
  let won: Moment | null = null;
  let paid: Moment | null = null;
  let lastRefund: Moment | null = null;
  let refundedInFull = true;
  for (const deal of history.deals) {
    if (deal.annulled) continue;
    if (deal.close?.won === true && (won === null || before(deal.close, won))) won = deal.close;
    for (const payment of deal.payments) {
      if (payment.amount <= 0) continue;
      if (paid === null || before(payment, paid)) paid = payment;
      let refunded = 0;
      for (const refund of payment.refunds) {
        refunded += refund.amount;
        if (lastRefund === null || before(lastRefund, refund)) lastRefund = refund;
      }
      refundedInFull &&= refunded === payment.amount;
    }
  }
  const push = (metric: number, moment: Moment): void => {
    const dims = dimsAt(lead.eras, moment.at);
    facts.push({ metric, day: moment.day, dims, n: 1, value: 0, class: 0 });
    if (moment.assumed) facts.push(assumedFact(metric, moment.day, dims));
  };
  if (won !== null) push(METRIC.newCustomers, won);
  if (paid !== null) push(METRIC.newPayingCustomers, paid);
  if (paid !== null && refundedInFull && lastRefund !== null) push(METRIC.newPayingCustomersReversed, lastRefund);
  return facts;
}
