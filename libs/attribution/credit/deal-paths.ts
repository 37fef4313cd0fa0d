import { inReportingCurrency } from '#figures/history/reporting-currency.js';
import type { Moment, PaymentEntry } from '#figures/history/history.js';
import { before } from '#figures/history/order.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import type { CreditTouch, DealCredit, LeadCredit } from './credit-history.js';

/** One path and what it brought in. A won deal has one for all its payments, one that is not won has one a payment. */
export interface DealOutcome {
  /** Touches after it are on no path. */
  readonly end: Moment;
  /** When the deal converted, where this is the path that did it. */
  readonly conversion: Moment | null;
  readonly payments: readonly PaymentWorth[];
}

/** In minor units of the organisation's currency, after all refunds so far. */
export interface PaymentWorth {
  readonly day: DayNumber;
  readonly revenue: number;
  /** Null where the cost is not known. */
  readonly profit: number | null;
}

/** The win, else the first payment above 0; null while there is neither. */
export function conversionOf(deal: DealCredit): Moment | null {
  if (deal.annulled) return null;
  return deal.won ?? deal.payments.find(({ amount }) => amount > 0) ?? null;
}

export function outcomesOf(deal: DealCredit, currency: string): readonly DealOutcome[] {
  if (deal.annulled) return [];
  const conversion = conversionOf(deal);
  if (deal.won !== null)
    return [{ end: deal.won, conversion, payments: deal.payments.map((payment) => worthOf(payment, currency)) }];
  return deal.payments.map((payment) => ({
    end: payment,
    conversion: payment === conversion ? conversion : null,
    payments: [worthOf(payment, currency)],
  }));
}

/** The lead's first conversion: a customer from then on. */
export function firstConversion(deals: readonly DealCredit[]): Moment | null {
  let first: Moment | null = null;
  for (const deal of deals) {
    const conversion = conversionOf(deal);
    if (conversion !== null && (first === null || before(conversion, first))) first = conversion;
  }
  return first;
}

/** When the last path of the deal ends; -Infinity: it has none. */
export function lastEnd(deal: DealCredit): Instant {
  if (deal.annulled) return -Infinity;
  return deal.won?.at ?? deal.payments.at(-1)?.at ?? -Infinity;
}

/**
 * The touches, oldest first, that lie at or before the end. Of a renewal or expansion only those since the customer's last
 * conversion before it: what made them a customer has had its credit.
 */
export function pathTouches(
  deal: DealCredit,
  end: Moment,
  deals: readonly DealCredit[],
  touches: readonly CreditTouch[],
): readonly CreditTouch[] {
  let since = -Infinity;
  if (deal.kind !== 'new') {
    for (const other of deals) {
      const conversion = other === deal ? null : conversionOf(other);
      if (conversion !== null && before(conversion, end) && conversion.at > since) since = conversion.at;
    }
  }
  return touches.filter(({ at }) => at <= end.at && at > since);
}

/** With the creation as a touch where the lead is said to come from somewhere and none stands before it. */
export function withOrigin(lead: LeadCredit, touches: readonly CreditTouch[]): readonly CreditTouch[] {
  const { created, origin } = lead;
  if (created === null || (origin.channel === null && origin.campaign === null && origin.source === null))
    return touches;
  const [first] = touches;
  if (first !== undefined && first.at <= created.at) return touches;
  return [originTouch(lead), ...touches];
}

/** One object a lead, so that its dimensions are made once. */
export function originTouch(lead: LeadCredit): CreditTouch {
  const { at, position } = lead.created ?? { at: 0, position: 0 };
  lead.originTouch ??= {
    ...lead.origin,
    touchId: ORIGIN_TOUCH,
    at,
    position,
    kind: ORIGIN_TOUCH,
    team: null,
    member: null,
    dims: null,
  };
  return lead.originTouch;
}
export const ORIGIN_TOUCH = 'creation';

export const worthOf = (payment: PaymentEntry, currency: string): PaymentWorth => {
  const refunded = payment.refunds.reduce((sum, { amount }) => sum + amount, 0);
  const recovered = payment.refunds.reduce((sum, { costRecovered }) => sum + costRecovered, 0);
  const inOwn = (minor: number): number => inReportingCurrency(minor, payment.conversion, currency);
  const costInOwn = (minor: number): number => inReportingCurrency(minor, payment.costConversion, currency);
  const revenue = inOwn(payment.amount) - inOwn(refunded);
  return {
    day: payment.day,
    revenue,
    profit: payment.cost === null ? null : revenue - costInOwn(payment.cost) + costInOwn(recovered),
  };
};
