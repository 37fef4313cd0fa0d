import type { Dims } from '../history/dimensions.js';
import { dealDimsAt } from '../history/eras.js';
import type { DealHistory, LeadHistory, Moment, PaymentEntry } from '../history/history.js';
import { inReportingCurrency } from '../history/reporting-currency.js';
import { assumedFact } from './assumed.js';
import { METRIC, type Fact } from './fact.js';

/** What one deal's payments and refunds give: revenue, refunds, profit (where the cost is known), each on its own day. */
export function moneyFacts(deal: DealHistory, lead: LeadHistory | null, currency: string): Fact[] {
  const facts: Fact[] = [];
  if (deal.annulled) return facts;
  const eras = lead?.eras ?? [];
  for (const payment of deal.payments) {
    const dims = dealDimsAt(deal, eras, payment.at);
    const amount = inReportingCurrency(payment.amount, payment.conversion, currency);
    push(facts, METRIC.revenue, payment, dims, amount);
    if (payment.cost === null) push(facts, METRIC.paymentsWithoutCost, payment, dims, 0);
    else
      push(
        facts,
        METRIC.profit,
        payment,
        dims,
        amount - inReportingCurrency(payment.cost, payment.costConversion, currency),
      );
    pushRefunds(facts, payment, (at) => dealDimsAt(deal, eras, at), currency);
  }
  return facts;
}

/** Each refund is the growth of what was refunded so far, so that a payment refunded in parts nets to exactly 0 in any currency. */
function pushRefunds(facts: Fact[], payment: PaymentEntry, dimsOf: (at: number) => Dims, currency: string): void {
  let amount = 0;
  let recovered = 0;
  for (const refund of payment.refunds) {
    const dims = dimsOf(refund.at);
    const refunded = growth(amount, refund.amount, (minor) => inReportingCurrency(minor, payment.conversion, currency));
    const regained = growth(recovered, refund.costRecovered, (minor) =>
      inReportingCurrency(minor, payment.costConversion, currency),
    );
    amount += refund.amount;
    recovered += refund.costRecovered;
    push(facts, METRIC.refunds, refund, dims, refunded);
    // A payment that is left out of profit takes its refunds along.
    if (payment.cost !== null) push(facts, METRIC.profit, refund, dims, regained - refunded);
  }
}

const growth = (soFar: number, more: number, convert: (minor: number) => number): number =>
  convert(soFar + more) - convert(soFar);

function push(facts: Fact[], metric: number, moment: Moment, dims: Dims, value: number): void {
  facts.push({ metric, day: moment.day, dims, n: 1, value, class: 0 });
  if (moment.assumed) facts.push(assumedFact(metric, moment.day, dims));
}
