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
import { DomainError } from '#kernel/errors.js';
import type { Money, Rate } from '#kernel/money.js';
import { dealEras } from './eras.js';
import type { FoldContext } from './fold-context.js';
import type { Happening } from './happening.js';
import type { Assignment, DealHistory, PaymentEntry, ValueChange } from './history.js';
import { momentOf } from './moment.js';
import { inOrder, type Ordered } from './order.js';
import { conversionOf } from './reporting-currency.js';

/** What an event of a deal's stream changes. Throws `FIGURES.DEAL_NOT_OPENED` and `FIGURES.NO_RATE`. */
export function foldDeal(known: DealHistory | undefined, happening: Happening, context: FoldContext): DealHistory {
  // Casts below: the event's type names its data.
  if (happening.type === 'deal.opened') return opened(happening, happening.source.data() as DealOpenedData, context);
  if (known === undefined)
    throw new DomainError(
      'unprocessable',
      'FIGURES.DEAL_NOT_OPENED',
      `${happening.stream} has ${happening.type} before deal.opened`,
    );
  switch (happening.type) {
    case 'deal.amended':
      return amended(known, happening, happening.source.data() as DealAmendedData, context);
    case 'deal.assigned': {
      const { owner, team } = happening.source.data() as DealAssignedData;
      return withEras({ ...known, assignments: inOrder(known.assignments, assignment(happening, owner, team)) });
    }
    case 'deal.advanced': {
      const data = happening.source.data() as DealAdvancedData;
      const stages = inOrder(known.stages, { ...ordered(happening), stage: data.stage });
      return withEras({ ...known, stages, values: valued(known.values, happening, data.value, data.rate, context) });
    }
    case 'deal.won':
    case 'deal.lost': {
      const data = happening.source.data() as DealWonData | DealLostData;
      const won = happening.type === 'deal.won';
      const close = { ...momentOf(happening, data, context), won, reason: data.reason ?? null };
      return { ...known, close, values: valued(known.values, happening, data.value, data.rate, context) };
    }
    case 'deal.reopened': {
      const taken = known.close?.position;
      return { ...known, close: null, values: known.values.filter((change) => change.position !== taken) };
    }
    case 'deal.annulled':
      return { ...known, annulled: true };
    default:
      return foldPayments(known, happening, context);
  }
}

function opened(happening: Happening, data: DealOpenedData, context: FoldContext): DealHistory {
  const { segment, country, product, stage } = data;
  return withEras({
    stream: happening.stream,
    opened: momentOf(happening, data, context),
    openingAssumed: data.assumed?.includes('opening') ?? false,
    kind: data.kind,
    pass: happening.source.pass,
    values: valued([], happening, data.value, data.rate, context),
    close: null,
    baseline: { segment, country, product, stage, custom: data.dimensions },
    assignments:
      data.owner === null && data.ownerTeam === null ? [] : [assignment(happening, data.owner, data.ownerTeam)],
    products: [],
    stages: [],
    payments: [],
    annulled: false,
    eras: [],
  });
}

function amended(deal: DealHistory, happening: Happening, data: DealAmendedData, context: FoldContext): DealHistory {
  let values = deal.values;
  if (data.value === null)
    values = inOrder(values, {
      ...ordered(happening),
      value: null,
      conversion: { currency: context.currency, rate: null },
    });
  else if (data.value !== undefined) values = valued(values, happening, data.value, data.rate ?? null, context);
  else if (data.rate != null) values = valued(values, happening, lastMoney(values), data.rate, context);
  if (data.product === undefined) return { ...deal, values };
  return withEras({
    ...deal,
    values,
    products: inOrder(deal.products, { ...ordered(happening), product: data.product }),
  });
}

/** What an event changes of a deal's payments and refunds; any other event changes nothing. */
export function foldPayments<D extends Pick<DealHistory, 'payments'>>(
  deal: D,
  happening: Happening,
  context: Pick<FoldContext, 'dayOf' | 'currency'>,
): D {
  switch (happening.type) {
    case 'deal.payment-received':
      return {
        ...deal,
        payments: inOrder(deal.payments, payment(happening, happening.source.data() as PaymentReceivedData, context)),
      };
    case 'deal.payment-annulled': {
      const { paymentId } = happening.source.data() as PaymentAnnulledData;
      return { ...deal, payments: deal.payments.filter((entry) => entry.paymentId !== paymentId) };
    }
    case 'deal.payment-refunded': {
      const data = happening.source.data() as PaymentRefundedData;
      const { refundId, amount, costRecovered } = data;
      const refund = {
        ...momentOf(happening, data, context),
        refundId,
        amount: amount.minor,
        costRecovered: costRecovered?.minor ?? 0,
      };
      return withPayment(deal, data.paymentId, (entry) => ({ ...entry, refunds: inOrder(entry.refunds, refund) }));
    }
    case 'deal.refund-annulled': {
      const { paymentId, refundId } = happening.source.data() as RefundAnnulledData;
      return withPayment(deal, paymentId, (entry) => ({
        ...entry,
        refunds: entry.refunds.filter((refund) => refund.refundId !== refundId),
      }));
    }
    default:
      return deal;
  }
}

function payment(
  happening: Happening,
  data: PaymentReceivedData,
  context: Pick<FoldContext, 'dayOf' | 'currency'>,
): PaymentEntry {
  const conversion = conversionOf(data.amount, data.rate, null, context.currency);
  return {
    ...momentOf(happening, data, context),
    paymentId: data.paymentId,
    amount: data.amount.minor,
    conversion,
    cost: data.cost?.minor ?? null,
    costConversion: data.cost === null ? conversion : conversionOf(data.cost, data.rate, null, context.currency),
    refunds: [],
  };
}

const withPayment = <D extends Pick<DealHistory, 'payments'>>(
  deal: D,
  paymentId: string,
  change: (payment: PaymentEntry) => PaymentEntry,
): D => ({
  ...deal,
  payments: deal.payments.map((entry) => (entry.paymentId === paymentId ? change(entry) : entry)),
});

/** null leaves the value as it is. A foreign amount without a rate of its own takes the deal's last. */
function valued(
  values: readonly ValueChange[],
  happening: Happening,
  money: Money | null,
  rate: Rate | null,
  context: FoldContext,
): readonly ValueChange[] {
  if (money === null) return values;
  const known = values.findLast((change) => change.conversion.currency === money.currency)?.conversion ?? null;
  return inOrder(values, {
    ...ordered(happening),
    value: money.minor,
    conversion: conversionOf(money, rate, known, context.currency),
  });
}

function lastMoney(values: readonly ValueChange[]): Money | null {
  const last = values.at(-1);
  return last?.value == null ? null : { minor: last.value, currency: last.conversion.currency };
}

const ordered = (happening: Happening): Ordered => ({ at: happening.at, position: happening.position });

const assignment = (happening: Happening, owner: string | null, team: string | null): Assignment => ({
  ...ordered(happening),
  owner,
  team,
  revision: -1,
});

const withEras = (deal: DealHistory): DealHistory => ({ ...deal, eras: dealEras(deal) });
