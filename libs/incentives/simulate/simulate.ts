import type {
  PaymentAnnulledData,
  PaymentReceivedData,
  PaymentRefundedData,
  RefundAnnulledData,
} from '#deals/events/deal-events.js';
import type { Uuid } from '#kernel/ids.js';
import { dayText, type DayNumber } from '#kernel/time.js';
import type { LeadTouchedData, TouchAnnulledData } from '#leads/events/lead-events.js';
import { replayBonuses } from '../counterfactual/replay-bonuses.js';
import type { AccountEvent } from '../earning/fold-account.js';
import type { KnowledgeEvent } from '../earning/knowledge.js';
import { planHash } from '../plan/plan-hash.js';
import { SIGNATORIES, type PlanTerms } from '../plan/terms.js';
import type { BookEvent } from '../statements/bonus-book.js';
import { foldBook } from '../statements/fold-book.js';
import type { Statement } from '../statements/statement.js';
import { statementsOf } from '../statements/statements-of.js';

/** Names a plan that is nowhere. */
const PROPOSED = 'proposed';

export interface Simulated {
  readonly terms: PlanTerms;
  /** First and last day on which the plan is taken to hold, whatever its terms say. */
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** Organisation, campaigns and models, in order of position. */
  readonly rules: readonly KnowledgeEvent[];
  /** Organisation and members, in order of position. */
  readonly members: readonly BookEvent[];
  /** Leads with payments and everything that happened to them and their deals, in order of position. */
  readonly leads: ReadonlyMap<Uuid, readonly AccountEvent[]>;
}

/**
 * The statements that a proposed plan would have made of the same history: as if it had been signed and accepted by everybody before its first
 * day, and everything had been recorded when it happened, as it is known now. Caps, leavers and clawback are in it; the pool of both teams is not.
 */
export function simulate({ terms, from, to, rules, members, leads }: Simulated): readonly Statement[] {
  const held = { ...terms, effectiveFrom: dayText(from), effectiveTo: dayText(to), teamPool: null };
  const plan = planEvents(held, members);
  const known = [...rules, ...plan].map((event) => ({ ...event, position: 0 }));
  const bonuses = [...leads].flatMap(([leadId, own]) =>
    replayBonuses({
      planId: PROPOSED,
      leadId,
      own: asItHappened(own),
      rules: known,
      changes: { remove: new Set(), touches: [], owners: [], costs: [], split: null },
    }),
  );
  const before = [...members, ...plan.map(bookEventOf)].map((event) => ({ ...event, position: 0 }));
  return statementsOf(foldBook([...before, ...bonuses.sort((a, b) => a.position - b.position)]), { planId: PROPOSED });
}

interface PlanEvent extends KnowledgeEvent {
  readonly eventId: string;
}

/** Drafted, signed, and accepted by everybody whom the roster knows. */
function planEvents(terms: PlanTerms, members: readonly BookEvent[]): PlanEvent[] {
  const version = 1;
  const hash = planHash({ planId: PROPOSED, version, terms });
  const said = (type: string, data: object): PlanEvent => ({
    ...{ type, position: 0, occurredAt: 0, eventId: type, actor: { id: PROPOSED, team: 'system' } },
    data: () => ({ planId: PROPOSED, version, hash, ...data }),
  });
  const handles = new Set(
    members
      .filter(({ type }) => type === 'member.joined')
      .map(({ data }) => (data as { readonly handle: string }).handle), // as its type says
  );
  return [
    said('bonusplan.drafted', { terms }),
    ...SIGNATORIES.map((as) => said('bonusplan.signed', { as, member: terms.signatories[as], authenticated: true })),
    ...[...handles].map((member) => said('bonusplan.accepted', { member, authenticated: true })),
  ];
}

const bookEventOf = ({ type, position, occurredAt, eventId, actor, data }: PlanEvent): BookEvent => ({
  ...{ type, position, occurredAt, eventId, stream: '', actor: actor.id },
  data: data(),
});

/** What stands in the end, in the order in which it happened: nothing that was annulled, and nothing before what it belongs to. */
export function asItHappened(events: readonly AccountEvent[]): AccountEvent[] {
  const gone = annulled(events);
  const paidAt = new Map<string, number>();
  const openedAt = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'deal.payment-received') continue;
    const { paymentId } = event.data() as PaymentReceivedData; // the type names its data
    paidAt.set(paymentId, event.occurredAt);
    openedAt.set(event.stream, Math.min(openedAt.get(event.stream) ?? Infinity, event.occurredAt));
  }
  const placeOf = (event: AccountEvent): number => {
    if (event.type === 'deal.opened') return Math.min(event.occurredAt, openedAt.get(event.stream) ?? Infinity);
    if (event.type !== 'deal.payment-refunded') return event.occurredAt;
    const { paymentId } = event.data() as PaymentRefundedData; // the type names its data
    return Math.max(event.occurredAt, paidAt.get(paymentId) ?? -Infinity);
  };
  return events
    .filter((event) => !gone(event))
    .map((event) => ({ event, place: placeOf(event) }))
    .sort((a, b) => a.place - b.place || rank(a.event) - rank(b.event) || a.event.position - b.event.position)
    .map(({ event }, index) => ({ ...event, position: index + 1 }));
}

/** Of one moment: what opens first, what is paid before what is refunded. */
const rank = ({ type }: AccountEvent): number =>
  type === 'deal.payment-refunded' ? 3 : type === 'deal.payment-received' ? 2 : type === 'deal.opened' ? 1 : 0;

function annulled(events: readonly AccountEvent[]): (event: AccountEvent) => boolean {
  const ids = new Set<string>();
  // Casts below: the event's type names its data.
  for (const event of events) {
    if (event.type === 'lead.touch-annulled') ids.add((event.data() as TouchAnnulledData).touchId);
    if (event.type === 'deal.payment-annulled') ids.add((event.data() as PaymentAnnulledData).paymentId);
    if (event.type === 'deal.refund-annulled') ids.add((event.data() as RefundAnnulledData).refundId);
    if (event.type === 'deal.annulled') ids.add(event.stream);
  }
  return (event) => {
    switch (event.type) {
      case 'lead.touch-annulled':
      case 'deal.payment-annulled':
      case 'deal.refund-annulled':
        return true;
      case 'lead.touched':
        return ids.has((event.data() as LeadTouchedData).touchId);
      case 'deal.payment-received':
        return ids.has(event.stream) || ids.has((event.data() as PaymentReceivedData).paymentId);
      case 'deal.payment-refunded': {
        const { refundId, paymentId } = event.data() as PaymentRefundedData;
        return ids.has(event.stream) || ids.has(refundId) || ids.has(paymentId);
      }
      default:
        return ids.has(event.stream);
    }
  };
}
