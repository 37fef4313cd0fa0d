import type {
  DealOpenedData,
  PaymentAnnulledData,
  PaymentReceivedData,
  PaymentRefundedData,
  RefundAnnulledData,
} from '#deals/events/deal-events.js';
import { before, inOrder } from '#figures/history/order.js';
import { conversionOf, inReportingCurrency } from '#figures/history/reporting-currency.js';
import type { Conversion } from '#figures/history/history.js';
import type { Money, Rate } from '#kernel/money.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import type { LeadTouchedData, TouchAnnulledData } from '#leads/events/lead-events.js';
import type { AccountDeal, AccountPayment, AccountRefund, AccountTouch, LeadAccount, Placed } from './lead-account.js';

/** An event as the account takes it: a recorded one, or a line of an export. */
export interface AccountEvent {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly position: number;
  readonly occurredAt: Instant;
  data(): unknown;
}

export interface AccountContext {
  /** The day in the organisation's zone. */
  readonly dayOf: (at: Instant) => DayNumber;
  /** The organisation's. */
  readonly currency: string;
}

/** What the account is worked out from; plain data, so that it can be stored. Never changed in place. */
export interface AccountHistory {
  readonly leadId: string;
  readonly upTo: number;
  readonly createdAt: Instant | null;
  readonly deals: readonly DealEntry[];
  readonly touches: readonly AccountTouch[];
}

interface DealEntry {
  readonly dealId: string;
  readonly kind: AccountDeal['kind'];
  readonly openedAt: Instant;
  readonly payments: readonly PaymentEntry[];
}

interface PaymentEntry extends Placed {
  readonly paymentId: string;
  /** Minor units of its own currency. */
  readonly amount: number;
  /** null: it is in the organisation's. */
  readonly conversion: Conversion | null;
  readonly cost: number | null;
  readonly costConversion: Conversion | null;
  readonly refunds: readonly RefundEntry[];
}

interface RefundEntry extends Placed {
  readonly refundId: string;
  readonly amount: number;
  readonly costRecovered: number;
}

/** What changes what a lead brought in. */
export const MOVEMENT_EVENT_TYPES = [
  'deal.opened',
  'deal.annulled',
  'deal.payment-received',
  'deal.payment-annulled',
  'deal.payment-refunded',
  'deal.refund-annulled',
] as const;

/** What else the split needs. */
export const ACCOUNT_EVENT_TYPES = [
  ...MOVEMENT_EVENT_TYPES,
  'lead.created',
  'lead.touched',
  'lead.touch-annulled',
] as const;

export const noAccount = (leadId: string): AccountHistory => ({
  leadId,
  upTo: 0,
  createdAt: null,
  deals: [],
  touches: [],
});

/** The next history; events come in order of position. Events of other types only move `upTo`. Throws `FIGURES.NO_RATE`. */
export function foldAccount(history: AccountHistory, event: AccountEvent, context: AccountContext): AccountHistory {
  const { type, stream, occurredAt: at, position, eventId } = event;
  const next = { ...history, upTo: position };
  const placed = (): Placed => ({ eventId, at, position, day: context.dayOf(at) });
  const dealId = stream.slice('deal-'.length);
  const changed = (change: (deal: DealEntry) => DealEntry): AccountHistory => ({
    ...next,
    deals: history.deals.map((deal) => (deal.dealId === dealId ? change(deal) : deal)),
  });
  // Casts below: the event's type names its data.
  switch (type) {
    case 'lead.created':
      return { ...next, createdAt: at };
    case 'lead.touched': {
      const { touchId, kind, channel, campaign, member, team, automated } = event.data() as LeadTouchedData;
      const touch = { ...placed(), touchId, kind, channel, campaign, member, team, automated };
      return { ...next, touches: inOrder(history.touches, touch) };
    }
    case 'lead.touch-annulled': {
      const { touchId } = event.data() as TouchAnnulledData;
      return { ...next, touches: history.touches.filter((touch) => touch.touchId !== touchId) };
    }
    case 'deal.opened': {
      const { kind } = event.data() as DealOpenedData;
      return { ...next, deals: [...history.deals, { dealId, kind, openedAt: at, payments: [] }] };
    }
    case 'deal.annulled':
      return { ...next, deals: history.deals.filter((deal) => deal.dealId !== dealId) };
    case 'deal.payment-received': {
      const { paymentId, amount, cost, rate } = event.data() as PaymentReceivedData;
      const conversion = conversionFrom(amount, rate, context);
      const payment: PaymentEntry = {
        ...placed(),
        paymentId,
        amount: amount.minor,
        conversion,
        cost: cost?.minor ?? null,
        costConversion: cost === null ? null : conversionFrom(cost, rate, context),
        refunds: [],
      };
      return changed((deal) => ({ ...deal, payments: inOrder(deal.payments, payment) }));
    }
    case 'deal.payment-annulled': {
      const { paymentId } = event.data() as PaymentAnnulledData;
      return changed((deal) => ({ ...deal, payments: deal.payments.filter((one) => one.paymentId !== paymentId) }));
    }
    case 'deal.payment-refunded': {
      const { paymentId, refundId, amount, costRecovered } = event.data() as PaymentRefundedData;
      const refund = { ...placed(), refundId, amount: amount.minor, costRecovered: costRecovered?.minor ?? 0 };
      return changed((deal) =>
        withPayment(deal, paymentId, (one) => ({ ...one, refunds: inOrder(one.refunds, refund) })),
      );
    }
    case 'deal.refund-annulled': {
      const { paymentId, refundId } = event.data() as RefundAnnulledData;
      return changed((deal) =>
        withPayment(deal, paymentId, (one) => ({
          ...one,
          refunds: one.refunds.filter((refund) => refund.refundId !== refundId),
        })),
      );
    }
    default:
      return next;
  }
}

function conversionFrom(money: Money, rate: Rate | null, { currency }: AccountContext): Conversion | null {
  const conversion = conversionOf(money, rate, null, currency);
  return conversion.rate === null ? null : conversion;
}

const withPayment = (deal: DealEntry, paymentId: string, change: (one: PaymentEntry) => PaymentEntry): DealEntry => ({
  ...deal,
  payments: deal.payments.map((one) => (one.paymentId === paymentId ? change(one) : one)),
});

/** The history in the organisation's currency, payments of all deals in business time. */
export function accountOf({ leadId, upTo, createdAt, deals, touches }: AccountHistory, currency: string): LeadAccount {
  return {
    leadId,
    upTo,
    leadCreatedAt: createdAt,
    touches,
    deals: deals.map(({ dealId, kind, openedAt, payments }) => ({
      dealId,
      kind,
      openedAt,
      payments: payments.map((payment) => worth(payment, currency)),
    })),
  };
}

const reported = (minor: number, conversion: Conversion | null, currency: string): number =>
  conversion === null ? minor : inReportingCurrency(minor, conversion, currency);

function worth(payment: PaymentEntry, currency: string): AccountPayment {
  const { conversion, costConversion, amount, cost } = payment;
  const revenue = reported(amount, conversion, currency);
  const costs = cost === null ? null : reported(cost, costConversion, currency);
  // Each refund is the growth of the converted total, so that a payment refunded in parts nets to exactly 0.
  let [refunded, recovered] = [0, 0];
  const refunds = payment.refunds.map((refund): AccountRefund => {
    const { eventId, at, position, day, refundId } = refund;
    const [before, costBefore] = [
      reported(refunded, conversion, currency),
      reported(recovered, costConversion, currency),
    ];
    refunded += refund.amount;
    recovered += refund.costRecovered;
    const taken = reported(refunded, conversion, currency) - before;
    const back = reported(recovered, costConversion, currency) - costBefore;
    return { eventId, at, position, day, refundId, revenue: taken, profit: costs === null ? null : taken - back };
  });
  const { eventId, at, position, day, paymentId } = payment;
  return {
    eventId,
    at,
    position,
    day,
    paymentId,
    revenue,
    profit: costs === null ? null : revenue - costs,
    refunds,
  };
}

/** A payment or refund as it moves the running sums. */
export interface Movement extends Placed {
  readonly deal: AccountDeal;
  readonly payment: AccountPayment;
  /** null: the payment itself. */
  readonly refund: AccountRefund | null;
  readonly revenue: number;
  /** null: nobody knows. */
  readonly profit: number | null;
}

/** All payments and refunds of all deals by (at, position); refunds are negative. */
export function movementsOf({ deals }: LeadAccount): readonly Movement[] {
  const movements: Movement[] = [];
  for (const deal of deals)
    for (const payment of deal.payments) {
      const { eventId, at, position, day, revenue, profit } = payment;
      movements.push({ eventId, at, position, day, deal, payment, refund: null, revenue, profit });
      for (const refund of payment.refunds)
        movements.push({
          ...{ eventId: refund.eventId, at: refund.at, position: refund.position, day: refund.day },
          ...{ deal, payment, refund },
          revenue: -refund.revenue,
          profit: refund.profit === null ? null : -refund.profit,
        });
    }
  return movements.sort((a, b) => (before(a, b) ? -1 : 1));
}
