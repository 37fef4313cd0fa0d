import type { StreamEvent } from '#kernel/decider.js';
import type { Team } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Money, Rate } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import type { DealEvent, DealLostData, DealOpenedData, DealWonData } from './events/deal-events.js';
import { evolvePayments, type Payment } from './payments.js';

export type RecordedDealEvent = StreamEvent<DealEvent>;

/** `none`: there is no such deal (yet). */
export type DealStatus = 'none' | 'open' | 'won' | 'lost' | 'annulled';

/** The close that stands; a deal has at most one. */
export type DealClose =
  | { readonly outcome: 'won'; readonly occurredAt: Instant; readonly data: DealWonData }
  | { readonly outcome: 'lost'; readonly occurredAt: Instant; readonly data: DealLostData };

export interface DealState {
  readonly status: DealStatus;
  /** The lead named at opening, for ever. */
  readonly leadId: Uuid | null;
  readonly pass: number | null;
  readonly opening: { readonly occurredAt: Instant; readonly data: DealOpenedData } | null;
  /** As recorded last. */
  readonly value: Money | null;
  readonly rate: Rate | null;
  readonly product: string | null;
  readonly expectedCloseOn: string | null;
  /** In order of occurredAt: a back-dated one does not displace a later one. */
  readonly stages: readonly Dated<string>[];
  readonly owners: readonly Dated<DealOwner>[];
  readonly close: DealClose | null;
  /** The close, reopening or annulment recorded last; tells a repeat. */
  readonly lastTurn: RecordedDealEvent | null;
  /** In order of recording, annulled ones included. */
  readonly payments: readonly Payment[];
}

export interface Dated<Value> {
  readonly value: Value;
  readonly occurredAt: Instant;
}

export interface DealOwner {
  readonly owner: string | null;
  readonly team: Team | null;
}

export const initialDeal: DealState = {
  status: 'none',
  leadId: null,
  pass: null,
  opening: null,
  value: null,
  rate: null,
  product: null,
  expectedCloseOn: null,
  stages: [],
  owners: [],
  close: null,
  lastTurn: null,
  payments: [],
};

/** The pure fold of a deal's stream. An unknown event type changes nothing. */
export function evolveDeal(state: DealState, event: RecordedDealEvent): DealState {
  const { occurredAt } = event;
  switch (event.type) {
    case 'deal.opened':
      return opened(state, event);
    case 'deal.amended': {
      const {
        value = state.value,
        rate = state.rate,
        product = state.product,
        expectedCloseOn = state.expectedCloseOn,
      } = event.data;
      return { ...state, value, rate, product, expectedCloseOn };
    }
    case 'deal.assigned': {
      const { owner, team } = event.data;
      return { ...state, owners: inserted(state.owners, { value: { owner, team }, occurredAt }) };
    }
    case 'deal.advanced':
      return { ...valued(state, event.data), stages: inserted(state.stages, { value: event.data.stage, occurredAt }) };
    case 'deal.won': {
      const close: DealClose = { outcome: 'won', occurredAt, data: event.data };
      return { ...valued(state, event.data), status: 'won', close, lastTurn: event };
    }
    case 'deal.lost': {
      const close: DealClose = { outcome: 'lost', occurredAt, data: event.data };
      return { ...valued(state, event.data), status: 'lost', close, lastTurn: event };
    }
    case 'deal.reopened':
      return { ...state, status: 'open', close: null, lastTurn: event };
    case 'deal.annulled':
      return { ...state, status: 'annulled', close: null, lastTurn: event };
    case 'deal.payment-received':
    case 'deal.payment-annulled':
    case 'deal.payment-refunded':
    case 'deal.refund-annulled':
      return { ...state, payments: evolvePayments(state.payments, event) };
    default:
      return state;
  }
}

/** What held at a moment by business time; null before the first. */
export function heldAt<Value>(history: readonly Dated<Value>[], at: Instant): Value | null {
  return history.findLast((one) => one.occurredAt <= at)?.value ?? null;
}

function opened(state: DealState, event: Extract<RecordedDealEvent, { type: 'deal.opened' }>): DealState {
  const { data, occurredAt, leadId, pass } = event;
  return {
    ...state,
    status: 'open',
    leadId,
    pass,
    opening: { occurredAt, data },
    value: data.value,
    rate: data.rate,
    product: data.product,
    expectedCloseOn: data.expectedCloseOn,
    stages: [{ value: data.stage, occurredAt }],
    owners: [{ value: { owner: data.owner, team: data.ownerTeam }, occurredAt }],
  };
}

/** A value that comes with an advance or a close; null keeps the deal's. */
const valued = (state: DealState, { value, rate }: { value: Money | null; rate: Rate | null }): DealState =>
  value === null ? state : { ...state, value, rate };

/** Behind all that occurred at the same moment or before. */
function inserted<Value>(history: readonly Dated<Value>[], one: Dated<Value>): readonly Dated<Value>[] {
  const index = history.findLastIndex((before) => before.occurredAt <= one.occurredAt) + 1;
  return history.toSpliced(index, 0, one);
}
