import type { Decider } from '#kernel/decider.js';
import type { Actor } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Money, Rate } from '#kernel/money.js';
import { parseInstant, type Instant } from '#kernel/time.js';
import { decide } from '#kernel/testing/given-when-then.js';
import type { Asked } from '../asked.js';
import { evolveDeal, initialDeal, type DealState } from '../deal.js';
import type { DealEvent, DealOpenedData, PaymentReceivedData, PaymentRefundedData } from '../events/deal-events.js';

/** Examples of a deal's life for specs: 12 March 2026 is now, and everything given happened on a day before. */
export const NOW = parseInstant('2026-03-12T12:00:00Z') ?? 0;
export const on = (day: number): Instant => NOW + (day - 12) * 86_400_000;

const NAMESPACE = '00000000-0000-4000-8000-000000000000' as Uuid; // a UUID by its form
export const LEAD = uuidv5(NAMESPACE, 'lead');
export const SALES: Actor = { id: 'sam', team: 'sales' };

export const eur = (minor: number): Money => ({ minor, currency: 'EUR' });
export const usd = (minor: number): Money => ({ minor, currency: 'USD' });
export const TO_EUR: Rate = { to: 'EUR', value: '0.9', source: null, on: null };

/** What a decision is asked, by someone in sales of an organisation that counts in EUR. */
export const asked = <Input>(input: Input, actor: Actor = SALES): Asked<Input> => ({
  actor,
  now: NOW,
  currency: 'EUR',
  input,
});

/** `specify(amendDeal).given([...]).when(asked({...})).then([...])` */
export const specify = <Input>(decision: (asked: Asked<Input>, deal: DealState) => DealEvent[]) => {
  const decider: Decider<DealState, Asked<Input>, DealEvent> = {
    initialState: initialDeal,
    decide: decision,
    evolve: evolveDeal,
  };
  return decide(decider);
};

/** The state after these events, by someone in sales. */
export const dealAfter = (events: readonly DealEvent[], before: DealState = initialDeal): DealState =>
  events.reduce((state, event, revision) => evolveDeal(state, { ...event, revision, actor: SALES }), before); // the union's spread loses its name

type DataOf<Type extends DealEvent['type']> = Extract<DealEvent, { type: Type }>['data'];

/** An event of this lead's deal in pass 1. */
export const happened = <Type extends DealEvent['type']>(
  type: Type,
  occurredAt: Instant,
  data: DataOf<Type>,
): DealEvent => ({ type, occurredAt, leadId: LEAD, pass: 1, data }) as unknown as DealEvent; // type and data belong together by the signature

export const OPENING: DealOpenedData = {
  kind: 'new',
  account: null,
  product: null,
  segment: null,
  country: null,
  stage: 'open',
  value: eur(100_000),
  rate: null,
  expectedCloseOn: null,
  owner: 'sam',
  ownerTeam: 'sales',
  dimensions: {},
};

export const opened = (data: Partial<DealOpenedData> = {}): DealEvent =>
  happened('deal.opened', on(1), { ...OPENING, ...data });
export const won = (day = 5): DealEvent => happened('deal.won', on(day), { value: null, rate: null, note: null });
export const lost = (day = 5): DealEvent =>
  happened('deal.lost', on(day), { value: null, rate: null, reason: 'price', note: null });
export const reopened = (day = 6): DealEvent => happened('deal.reopened', on(day), { reason: null });
export const annulled = (day = 7): DealEvent => happened('deal.annulled', on(day), { reason: null });

export const paid = (paymentId: string, amount: Money, data: Partial<PaymentReceivedData> = {}): DealEvent =>
  happened('deal.payment-received', on(6), {
    paymentId,
    amount,
    tax: null,
    cost: null,
    costBasis: null,
    rate: null,
    reference: null,
    ...data,
  });
export const paymentAnnulled = (paymentId: string): DealEvent =>
  happened('deal.payment-annulled', on(7), { paymentId, reason: null });

export const refunded = (
  refundId: string,
  paymentId: string,
  amount: Money,
  data: Partial<PaymentRefundedData> = {},
): DealEvent =>
  happened('deal.payment-refunded', on(8), {
    refundId,
    paymentId,
    kind: 'refund',
    amount,
    costRecovered: null,
    reason: null,
    ...data,
  });
export const refundAnnulled = (refundId: string, paymentId: string): DealEvent =>
  happened('deal.refund-annulled', on(9), { refundId, paymentId, reason: null });
