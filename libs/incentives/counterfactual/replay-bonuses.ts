import type { PaymentReceivedData } from '#deals/events/deal-events.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { LeadTouchedData } from '#leads/events/lead-events.js';
import { evaluateBonus, evolveBonus, initialBonus, type Evaluation } from '../earning/bonus.js';
import { accountOf, foldAccount, noAccount, type AccountEvent } from '../earning/fold-account.js';
import { judge } from '../earning/judge.js';
import {
  activeVersions,
  judgingBy,
  learn,
  nothingKnown,
  openPeriodOf,
  type Knowledge,
  type KnowledgeEvent,
} from '../earning/knowledge.js';
import type { Judging } from '../earning/split-reward.js';
import type { ActiveVersion } from '../earning/standing.js';
import type { BookEvent } from '../statements/bonus-book.js';
import type { Changes } from './changes.js';

export interface Replay {
  readonly planId: string;
  readonly leadId: Uuid;
  /** Of the lead and its deals, in order of position. */
  readonly own: readonly AccountEvent[];
  /** In order of position. */
  readonly rules: readonly KnowledgeEvent[];
  readonly changes: Changes;
}

/**
 * What a lead's bonus stream would say, had its history been another one: the lead is judged at every moment at which the ledger judged it, with what
 * was known then and the changes. Without changes it says what the stream says. Each event lies just behind the one that it reacts to.
 */
export function replayBonuses({ planId, leadId, own: given, rules, changes }: Replay): BookEvent[] {
  const own = changedEvents(given, leadId, changes);
  const knowledge = nothingKnown();
  let [history, state] = [noAccount(leadId), initialBonus];
  let [ownSeen, rulesSeen] = [0, 0];
  const found: BookEvent[] = [];
  for (const { position, cause } of momentsOf(own, rules)) {
    for (; before(rules[rulesSeen], position); rulesSeen++) learnOf(knowledge, rules[rulesSeen]);
    const context = { dayOf: knowledge.calendar.dayOf, currency: knowledge.currency };
    for (let event = own[ownSeen]; event !== undefined && event.position <= position; event = own[++ownSeen])
      history = foldAccount(history, event, context);
    const versions = activeVersions(knowledge, planId).map((version) => splitOtherwise(version, changes));
    if (versions.length === 0) continue;
    const account = { ...accountOf(history, knowledge.currency), upTo: position };
    const grain = versions.at(-1)?.terms.grain ?? 'month';
    const events = evaluateBonus(
      {
        ...{ planId, leadId, upTo: position, knownTo: position, cause, currency: knowledge.currency },
        standings: judge(versions, account, ownedOtherwise(judgingBy(knowledge, planId, state), changes)),
        openPeriod: (at) => openPeriodOf(knowledge, at, grain),
      },
      state,
    );
    for (const event of events) {
      state = evolveBonus(state, { ...event, revision: found.length, actor: REACTOR });
      found.push({
        eventId: `counterfactual-${leadId}-${found.length}`,
        type: event.type,
        position: position + HALF,
        occurredAt: event.occurredAt,
        stream: '',
        actor: REACTOR.id,
        data: event.data,
      });
    }
  }
  return found;
}

const REACTOR = { id: 'bonuses', team: 'system' } as const;
/** Behind the event, before whatever comes next. */
const HALF = 0.5;

const before = (event: { readonly position: number } | undefined, position: number): boolean =>
  event !== undefined && event.position <= position;

function learnOf(knowledge: Knowledge, event: KnowledgeEvent | undefined): void {
  if (event !== undefined) learn(knowledge, event);
}

interface Moment {
  readonly position: number;
  readonly cause: Evaluation['cause'];
}

const BECAUSE: Readonly<Record<string, Evaluation['cause']['because']>> = {
  'deal.payment-received': 'payment',
  'deal.payment-refunded': 'refund',
  'deal.payment-annulled': 'correction',
  'deal.refund-annulled': 'correction',
  'deal.annulled': 'correction',
  'lead.touched': 'touches',
  'lead.touch-annulled': 'touches',
  'bonusplan.signed': 'correction',
  'bonusplan.ended': 'correction',
  'campaign.defined': 'correction',
  'campaign.owners-changed': 'correction',
};

/** When the lead was looked at, from its first payment on. */
function momentsOf(own: readonly AccountEvent[], rules: readonly KnowledgeEvent[]): Moment[] {
  const paid = own.find(({ type }) => type === 'deal.payment-received')?.position ?? Infinity;
  const all: { readonly type: string; readonly position: number; readonly occurredAt: Instant; eventId?: string }[] = [
    ...own,
    ...rules,
  ];
  return all
    .filter(({ type, position }) => position >= paid && type in BECAUSE)
    .sort((a, b) => a.position - b.position)
    .map(({ type, position, occurredAt, eventId }) => ({
      position,
      cause: { events: eventId === undefined ? [] : [eventId], at: occurredAt, because: BECAUSE[type] ?? 'correction' },
    }));
}

/** Added touches are known from the beginning: whether they would have been in time is what a ruling says. */
function changedEvents(
  given: readonly AccountEvent[],
  leadId: string,
  { remove, touches, costs }: Changes,
): AccountEvent[] {
  const costOf = new Map(costs.map(({ paymentId, cost }) => [paymentId, cost]));
  const kept = given.filter(({ eventId }) => !remove.has(eventId)).map((event) => costOtherwise(event, costOf));
  const added = touches
    .filter(({ lead }) => lead === leadId)
    .map(({ at, kind, channel, campaign, member }, index): AccountEvent => {
      const touchId = `counterfactual-${index}`;
      const touch: Partial<LeadTouchedData> = {
        touchId,
        kind,
        channel,
        campaign,
        member,
        team: 'marketing',
        automated: false,
      };
      return {
        eventId: touchId,
        type: 'lead.touched',
        stream: `lead-${leadId}`,
        position: 0,
        occurredAt: at,
        data: () => touch,
      };
    });
  return [...added, ...kept];
}

function costOtherwise(event: AccountEvent, costOf: ReadonlyMap<string, PaymentReceivedData['cost']>): AccountEvent {
  if (event.type !== 'deal.payment-received' || costOf.size === 0) return event;
  const data = event.data() as PaymentReceivedData; // the type names its data
  const cost = costOf.get(data.paymentId);
  return cost === undefined ? event : { ...event, data: () => ({ ...data, cost, costBasis: 'given' }) };
}

const splitOtherwise = (version: ActiveVersion, { split }: Changes): ActiveVersion =>
  split === null ? version : { ...version, terms: { ...version.terms, split } };

function ownedOtherwise(judging: Judging, { owners }: Changes): Judging {
  if (owners.length === 0) return judging;
  return {
    ...judging,
    beneficiaries(touch) {
      const own = owners.findLast(({ campaign, from }) => campaign === touch.campaign && from <= touch.day);
      return own === undefined ? judging.beneficiaries(touch) : { through: 'owner', members: own.owners };
    },
  };
}
