import type {
  DealAdvancedData,
  DealAmendedData,
  DealAssignedData,
  DealLostData,
  DealOpenedData,
  DealWonData,
  PaymentAnnulledData,
  PaymentReceivedData,
  PaymentRefundedData,
  RefundAnnulledData,
} from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Money, Rate } from '#kernel/money.js';
import { dealEras } from './eras.js';
import type { FoldContext } from './fold-context.js';
import type { Assignment, DealHistory, PaymentEntry, ValueChange } from './history.js';
import { momentOf } from './moment.js';
import { inOrder, type Ordered } from './order.js';
import { conversionOf } from './reporting-currency.js';

/** What an event of a deal's stream changes. Throws `FIGURES.DEAL_NOT_OPENED` and `FIGURES.NO_RATE`. */
export function foldDeal(known: DealHistory | undefined, event: RecordedEvent, context: FoldContext): DealHistory {
  // Casts below: the event's type names its data.
  if (event.type === 'deal.opened') return opened(event, event.data() as DealOpenedData, context);
  if (known === undefined)
    throw new DomainError(
      'unprocessable',
      'FIGURES.DEAL_NOT_OPENED',
      `${event.stream} has ${event.type} before deal.opened`,
    );
  switch (event.type) {
    case 'deal.amended':
      return amended(known, event, event.data() as DealAmendedData, context);
    case 'deal.assigned': {
      const { owner, team } = event.data() as DealAssignedData;
      return withEras({ ...known, assignments: inOrder(known.assignments, assignment(event, owner, team)) });
    }
    case 'deal.advanced': {
      const data = event.data() as DealAdvancedData;
      const stages = inOrder(known.stages, { ...ordered(event), stage: data.stage });
      return withEras({ ...known, stages, values: valued(known.values, event, data.value, data.rate, context) });
    }
    case 'deal.won':
    case 'deal.lost': {
      const data = event.data() as DealWonData | DealLostData;
      const close = { ...momentOf(event, data, context), won: event.type === 'deal.won' };
      return { ...known, close, values: valued(known.values, event, data.value, data.rate, context) };
    }
    case 'deal.reopened': {
      const taken = known.close?.position;
      return { ...known, close: null, values: known.values.filter((change) => change.position !== taken) };
    }
    case 'deal.annulled':
      return { ...known, annulled: true };
    default:
      return foldPayments(known, event, context);
  }
}

function opened(event: RecordedEvent, data: DealOpenedData, context: FoldContext): DealHistory {
  const { segment, country, product, stage } = data;
  return withEras({
    stream: event.stream,
    opened: momentOf(event, data, context),
    openingAssumed: data.assumed?.includes('opening') ?? false,
    kind: data.kind,
    pass: event.pass,
    values: valued([], event, data.value, data.rate, context),
    close: null,
    baseline: { segment, country, product, stage, custom: data.dimensions },
    assignments: data.owner === null && data.ownerTeam === null ? [] : [assignment(event, data.owner, data.ownerTeam)],
    products: [],
    stages: [],
    payments: [],
    annulled: false,
    eras: [],
  });
}

function amended(deal: DealHistory, event: RecordedEvent, data: DealAmendedData, context: FoldContext): DealHistory {
  let values = deal.values;
  if (data.value === null)
    values = inOrder(values, {
      ...ordered(event),
      value: null,
      conversion: { currency: context.currency, rate: null },
    });
  else if (data.value !== undefined) values = valued(values, event, data.value, data.rate ?? null, context);
  else if (data.rate != null) values = valued(values, event, lastMoney(values), data.rate, context);
  if (data.product === undefined) return { ...deal, values };
  return withEras({ ...deal, values, products: inOrder(deal.products, { ...ordered(event), product: data.product }) });
}

function foldPayments(deal: DealHistory, event: RecordedEvent, context: FoldContext): DealHistory {
  switch (event.type) {
    case 'deal.payment-received':
      return {
        ...deal,
        payments: inOrder(deal.payments, payment(event, event.data() as PaymentReceivedData, context)),
      };
    case 'deal.payment-annulled': {
      const { paymentId } = event.data() as PaymentAnnulledData;
      return { ...deal, payments: deal.payments.filter((entry) => entry.paymentId !== paymentId) };
    }
    case 'deal.payment-refunded': {
      const data = event.data() as PaymentRefundedData;
      const { refundId, amount, costRecovered } = data;
      const refund = {
        ...momentOf(event, data, context),
        refundId,
        amount: amount.minor,
        costRecovered: costRecovered?.minor ?? 0,
      };
      return withPayment(deal, data.paymentId, (entry) => ({ ...entry, refunds: inOrder(entry.refunds, refund) }));
    }
    case 'deal.refund-annulled': {
      const { paymentId, refundId } = event.data() as RefundAnnulledData;
      return withPayment(deal, paymentId, (entry) => ({
        ...entry,
        refunds: entry.refunds.filter((refund) => refund.refundId !== refundId),
      }));
    }
    default:
      return deal;
  }
}

function payment(event: RecordedEvent, data: PaymentReceivedData, context: FoldContext): PaymentEntry {
  const conversion = conversionOf(data.amount, data.rate, null, context.currency);
  return {
    ...momentOf(event, data, context),
    paymentId: data.paymentId,
    amount: data.amount.minor,
    conversion,
    cost: data.cost?.minor ?? null,
    costConversion: data.cost === null ? conversion : conversionOf(data.cost, data.rate, null, context.currency),
    refunds: [],
  };
}

const withPayment = (
  deal: DealHistory,
  paymentId: string,
  change: (payment: PaymentEntry) => PaymentEntry,
): DealHistory => ({
  ...deal,
  payments: deal.payments.map((entry) => (entry.paymentId === paymentId ? change(entry) : entry)),
});

/** null leaves the value as it is. A foreign amount without a rate of its own takes the deal's last. */
function valued(
  values: readonly ValueChange[],
  event: RecordedEvent,
  money: Money | null,
  rate: Rate | null,
  context: FoldContext,
): readonly ValueChange[] {
  if (money === null) return values;
  const known = values.findLast((change) => change.conversion.currency === money.currency)?.conversion ?? null;
  return inOrder(values, {
    ...ordered(event),
    value: money.minor,
    conversion: conversionOf(money, rate, known, context.currency),
  });
}

function lastMoney(values: readonly ValueChange[]): Money | null {
  const last = values.at(-1);
  return last?.value == null ? null : { minor: last.value, currency: last.conversion.currency };
}

const ordered = (event: RecordedEvent): Ordered => ({ at: event.occurredAt, position: Number(event.position) });

const assignment = (event: RecordedEvent, owner: string | null, team: string | null): Assignment => ({
  ...ordered(event),
  owner,
  team,
  revision: -1,
});

const withEras = (deal: DealHistory): DealHistory => ({ ...deal, eras: dealEras(deal) });
