import { TEAMS } from '#kernel/envelope.js';
import type { PublicEvents } from '#publishing/public-event.js';
import { day, list, mapOf, money, oneOf, optional, orNull, personal, rate, text, withheld } from '#publishing/shape.js';
import { DEAL_KINDS, REFUND_KINDS, type DealEvent } from './deal-events.js';
import type { MarginEvent } from './margin-events.js';

const assumed = optional(list(oneOf(['occurredAt', 'opening'])));
const team = orNull(oneOf(TEAMS));
const valued = { value: orNull(money), rate: orNull(rate) };

/** What others may know of a deal and its payments. */
export const DEAL_PUBLIC_EVENTS = {
  'deal.opened': {
    version: 1,
    summary: 'There is an opportunity.',
    fields: {
      ...valued,
      kind: oneOf(DEAL_KINDS),
      account: orNull(text),
      product: orNull(text),
      segment: orNull(text),
      country: orNull(text),
      stage: text,
      expectedCloseOn: orNull(day),
      owner: orNull(text),
      ownerTeam: team,
      dimensions: mapOf(text),
      assumed,
    },
  },
  'deal.amended': {
    version: 1,
    summary: 'Value, product or expected close of a deal are other ones now; only what changed is given.',
    fields: {
      value: optional(valued.value),
      rate: optional(valued.rate),
      product: optional(orNull(text)),
      expectedCloseOn: optional(orNull(day)),
      reason: personal,
      assumed,
    },
  },
  'deal.assigned': {
    version: 1,
    summary: 'A deal has another owner, or none.',
    fields: { owner: orNull(text), team, assumed },
  },
  'deal.advanced': {
    version: 1,
    summary: 'A deal is in another stage of the pipeline; a value of null is unchanged.',
    fields: { ...valued, stage: text, assumed },
  },
  'deal.won': {
    version: 1,
    summary: 'A deal is won; a value of null keeps the deal’s.',
    fields: { ...valued, reason: optional(text), note: personal, assumed },
  },
  'deal.lost': {
    version: 1,
    summary: 'A deal is lost.',
    fields: { ...valued, reason: text, note: personal, assumed },
  },
  'deal.reopened': {
    version: 1,
    summary: 'A closed deal is open again; its close never happened.',
    fields: { reason: personal },
  },
  'deal.annulled': {
    version: 1,
    summary: 'A deal was entered by mistake and is out of every figure.',
    fields: { reason: personal },
  },
  'deal.payment-received': {
    version: 1,
    summary: 'A customer paid; amounts are net of tax.',
    fields: {
      paymentId: text,
      amount: money,
      tax: orNull(money),
      cost: orNull(money),
      costBasis: orNull(oneOf(['given', 'margin-table'])),
      rate: orNull(rate),
      reference: withheld('free text of a bank statement or an invoice, which may name a person'),
      assumed,
    },
  },
  'deal.payment-annulled': {
    version: 1,
    summary: 'A payment was entered by mistake.',
    fields: { paymentId: text, reason: personal },
  },
  'deal.payment-refunded': {
    version: 1,
    summary: 'Money went back to a customer, at the rate of its payment.',
    fields: {
      refundId: text,
      paymentId: text,
      kind: oneOf(REFUND_KINDS),
      amount: money,
      costRecovered: orNull(money),
      reason: orNull(text),
      assumed,
    },
  },
  'deal.refund-annulled': {
    version: 1,
    summary: 'A refund was entered by mistake.',
    fields: { refundId: text, paymentId: text, reason: personal },
  },
  'definition.margins-defined': {
    isPrivate: 'margins are told to nobody outside; payments carry the cost that follows',
  },
} satisfies PublicEvents<DealEvent | MarginEvent>;
