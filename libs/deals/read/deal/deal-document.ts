import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent, Team } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import type { DealEvent, DealKind, RefundKind } from '../../events/deal-events.js';

export type DealStatus = 'open' | 'won' | 'lost' | 'annulled';

export interface DealPayment {
  readonly paymentId: string;
  readonly amount: Money;
  readonly tax: Money | null;
  readonly cost: Money | null;
  readonly occurredAt: Instant;
  readonly reference: string | null;
  readonly annulled: boolean;
  readonly refunds: readonly DealRefund[];
}

export interface DealRefund {
  readonly refundId: string;
  readonly kind: RefundKind;
  readonly amount: Money;
  readonly occurredAt: Instant;
  readonly annulled: boolean;
}

/** One deal as it stands. */
export interface DealDocument {
  readonly id: string;
  readonly revision: number;
  readonly lead: string | null;
  readonly pass: number | null;
  readonly kind: DealKind;
  readonly account: string | null;
  readonly product: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  /** Of the pipeline; a closed deal keeps the last one. */
  readonly stage: string;
  readonly status: DealStatus;
  readonly value: Money | null;
  readonly rate: Rate | null;
  readonly expectedCloseOn: string | null;
  readonly owner: string | null;
  readonly team: Team | null;
  /** When the assignment in force happened; a back-dated one does not displace a later one. */
  readonly assignedAt: Instant;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly openedAt: Instant;
  /** Of the standing close. */
  readonly closedAt: Instant | null;
  readonly lossReason: string | null;
  readonly winReason: string | null;
  readonly payments: readonly DealPayment[];
}

const DEAL_TYPES = [
  'deal.opened',
  'deal.amended',
  'deal.assigned',
  'deal.advanced',
  'deal.won',
  'deal.lost',
  'deal.reopened',
  'deal.annulled',
  'deal.payment-received',
  'deal.payment-annulled',
  'deal.payment-refunded',
  'deal.refund-annulled',
] as const satisfies readonly DealEvent['type'][];

/** One document a deal, from its own stream. */
export const DEAL_VIEW: DocumentView<DealDocument> = {
  view: 'deal',
  types: DEAL_TYPES,
  idsOf: (event) => [event.stream.slice('deal-'.length)],
  begins: (event) => event.revision === 0,
  project: projectDeal,
};

/** The deal after an event of its stream. Events before its opening, and unknown ones, change nothing. */
export function projectDeal(deal: DealDocument | null, recorded: RecordedEvent, id: string): DealDocument | null {
  const event = streamEvent<DealEvent>(recorded);
  if (event.type === 'deal.opened') return deal ?? opened(event, id);
  return deal === null ? null : { ...changed(deal, event), revision: event.revision };
}

type Recorded<Type extends DealEvent['type']> = Extract<ReturnType<typeof streamEvent<DealEvent>>, { type: Type }>;

function opened(event: Recorded<'deal.opened'>, id: string): DealDocument {
  const { ownerTeam, assumed: _assumed, ...given } = event.data;
  return {
    ...given,
    id,
    revision: event.revision,
    lead: event.leadId,
    pass: event.pass,
    status: 'open',
    team: ownerTeam,
    assignedAt: event.occurredAt,
    openedAt: event.occurredAt,
    closedAt: null,
    lossReason: null,
    winReason: null,
    payments: [],
  };
}

function changed(deal: DealDocument, event: ReturnType<typeof streamEvent<DealEvent>>): DealDocument {
  switch (event.type) {
    case 'deal.amended': {
      const { reason: _reason, assumed: _assumed, ...given } = event.data;
      return { ...deal, ...given };
    }
    case 'deal.assigned':
      return event.occurredAt < deal.assignedAt
        ? deal
        : { ...deal, owner: event.data.owner, team: event.data.team, assignedAt: event.occurredAt };
    case 'deal.advanced':
      return { ...valued(deal, event.data), stage: event.data.stage };
    case 'deal.won':
      return {
        ...valued(deal, event.data),
        status: 'won',
        closedAt: event.occurredAt,
        lossReason: null,
        winReason: event.data.reason ?? null,
      };
    case 'deal.lost':
      return {
        ...valued(deal, event.data),
        status: 'lost',
        closedAt: event.occurredAt,
        lossReason: event.data.reason,
        winReason: null,
      };
    case 'deal.reopened':
      return { ...deal, status: 'open', closedAt: null, lossReason: null, winReason: null };
    case 'deal.annulled':
      return { ...deal, status: 'annulled' };
    default:
      return { ...deal, payments: paymentsAfter(deal.payments, event) };
  }
}

/** A value of null in a step means: as it was. */
const valued = (
  deal: DealDocument,
  given: { readonly value: Money | null; readonly rate: Rate | null },
): DealDocument => (given.value === null ? deal : { ...deal, value: given.value, rate: given.rate });

function paymentsAfter(
  payments: readonly DealPayment[],
  event: ReturnType<typeof streamEvent<DealEvent>>,
): readonly DealPayment[] {
  switch (event.type) {
    case 'deal.payment-received': {
      const { paymentId, amount, tax, cost, reference } = event.data;
      return [
        ...payments,
        { paymentId, amount, tax, cost, occurredAt: event.occurredAt, reference, annulled: false, refunds: [] },
      ];
    }
    case 'deal.payment-annulled':
      return ofPayment(payments, event.data.paymentId, (payment) => ({ ...payment, annulled: true }));
    case 'deal.payment-refunded': {
      const { refundId, kind, amount } = event.data;
      const refund: DealRefund = { refundId, kind, amount, occurredAt: event.occurredAt, annulled: false };
      return ofPayment(payments, event.data.paymentId, (payment) => ({
        ...payment,
        refunds: [...payment.refunds, refund],
      }));
    }
    case 'deal.refund-annulled':
      return ofPayment(payments, event.data.paymentId, (payment) => ({
        ...payment,
        refunds: payment.refunds.map((refund) =>
          refund.refundId === event.data.refundId ? { ...refund, annulled: true } : refund,
        ),
      }));
    default:
      return payments;
  }
}

const ofPayment = (
  payments: readonly DealPayment[],
  id: string,
  change: (payment: DealPayment) => DealPayment,
): readonly DealPayment[] => payments.map((payment) => (payment.paymentId === id ? change(payment) : payment));
