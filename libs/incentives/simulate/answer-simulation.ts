import type { EventStore } from '#event-store/event-store.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { moneyText, type MoneyText } from '#kernel/money.js';
import type { Position } from '#kernel/position.js';
import { dayText, type DayNumber } from '#kernel/time.js';
import { CAMPAIGN_EVENT_TYPES } from '#campaigns/events/campaign-events.js';
import { MEMBER_EVENT_TYPES } from '#members/events/member-events.js';
import { asOf, pinViews, type Warning } from '#platform/questions/read-side.js';
import { ACCOUNTS_PROCESSOR, accountsOf } from '../earning/account-view.js';
import type { AccountEvent } from '../earning/fold-account.js';
import { knowledgeEventOf } from '../earning/follow-knowledge.js';
import type { LeadAccount } from '../earning/lead-account.js';
import { accountEventOf, eventsOfLead } from '../earning/read-account.js';
import { daysOf } from '../plan/bonus-period.js';
import type { PlanTerms } from '../plan/terms.js';
import type { BonusSide, BookHead } from '../read/book-question.js';
import { bookEventOf } from '../statements/bonus-book.js';
import type { Statement } from '../statements/statement.js';
import { statementsOf } from '../statements/statements-of.js';
import { simulate } from './simulate.js';

export interface AskedSimulation {
  readonly terms: PlanTerms;
  /** Whose statements the proposal is compared with; null: with none. */
  readonly planId: string | null;
  readonly from: DayNumber;
  readonly to: DayNumber;
}

export interface Compared {
  readonly proposed: MoneyText;
  readonly current: MoneyText;
  readonly difference: MoneyText;
}

export interface SimulationAnswer extends BookHead {
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly plan: string | null;
  /** Leads that could reach a milestone and were judged. */
  readonly leads: number;
  readonly milestones: number;
  /** What is granted: after acceptance by everybody, leavers, caps and clawback. */
  readonly cost: Compared;
  readonly periods: readonly (Compared & { readonly period: string })[];
  /** Whoever gains most first. */
  readonly members: readonly (Compared & { readonly member: string })[];
}

/**
 * What a proposed plan would have cost on the ledger's own history, and who would have had more or less than under the plan that it is compared with. Records
 * nothing. Throws `BONUS.PLAN_NOT_FOUND` (404).
 */
export async function answerSimulation({ side, known }: BonusSide, asked: AskedSimulation): Promise<SimulationAnswer> {
  const { eventStore, readStore, organisation } = side;
  const { currency, timeZone } = organisation;
  const { warnings: stalled } = await pinViews(side, ACCOUNTS_PROCESSOR, undefined);
  const upTo = await eventStore.head();
  const leads = new Map<Uuid, readonly AccountEvent[]>();
  for await (const accounts of accountsOf(readStore, currency))
    for (const account of accounts) {
      if (!mayReach(account, asked.terms)) continue;
      const leadId = account.leadId as Uuid; // documents are named by their leads
      const events = await eventsOfLead(eventStore, leadId);
      leads.set(leadId, events.filter(({ position }) => position <= upTo).map(accountEventOf));
    }
  const { rules, members } = await rulesUpTo(eventStore, upTo);
  const proposed = within(simulate({ ...asked, rules, members, leads }), asked);
  const current = await known.readAsOf(upTo, (book) => {
    if (asked.planId === null) return [];
    if (!book.plans.has(asked.planId))
      throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan to compare with');
    return within(statementsOf(book, { planId: asked.planId }), asked);
  });
  const compared = comparison(proposed, current, currency);
  return {
    asOf: await asOf(eventStore, upTo),
    ...{ timeZone, currency, plan: asked.planId, from: dayText(asked.from), to: dayText(asked.to) },
    leads: leads.size,
    milestones: new Set(
      proposed.flatMap(({ lines }) =>
        lines
          .filter(({ kind }) => kind === 'milestone')
          .map((line) => `${line.leadId ?? ''} ${line.tier ?? ''} ${line.crossing ?? 0}`),
      ),
    ).size,
    cost: compared(() => true),
    periods: names([...proposed, ...current], ({ period }) => period).map((period) => ({
      period,
      ...compared((s) => s.period === period),
    })),
    members: names([...proposed, ...current], ({ member }) => member)
      .map((member) => ({
        member,
        ...compared((s) => s.member === member),
        gain: granted(proposed, (s) => s.member === member) - granted(current, (s) => s.member === member),
      }))
      .sort((a, b) => b.gain - a.gain)
      .map(({ gain: _, ...rest }) => rest),
    warnings: [...stalled, ...warningsOf(asked)],
  };
}

/** Refunds left out: whether it ever was there. */
function mayReach({ deals }: LeadAccount, { basis, dealKinds, tiers }: PlanTerms): boolean {
  const least = Math.min(...tiers.map(({ threshold }) => threshold.minor));
  let sum = 0;
  for (const { kind, payments } of deals)
    if (dealKinds.includes(kind)) for (const payment of payments) sum += Math.max(0, payment[basis] ?? 0);
  return sum >= least;
}

async function rulesUpTo(store: EventStore, upTo: Position) {
  const rules = [];
  const members = [];
  const types = [
    'organisation.configured',
    'attribution.model-defined',
    ...CAMPAIGN_EVENT_TYPES,
    ...MEMBER_EVENT_TYPES,
  ];
  for await (const page of store.readAll({ upTo, types }))
    for (const event of page.events) {
      const ofMembers = event.type.startsWith('member.');
      if (!ofMembers) rules.push(knowledgeEventOf(event));
      if (ofMembers || event.type === 'organisation.configured') members.push(bookEventOf(event));
    }
  return { rules, members };
}

/** Statements whose period begins or ends in the stretch. */
const within = (statements: readonly Statement[], { from, to }: AskedSimulation): Statement[] =>
  statements.filter(({ period }) => {
    const days = daysOf(period);
    return days.to >= from && days.from <= to;
  });

const granted = (statements: readonly Statement[], which: (statement: Statement) => boolean): number =>
  statements.filter(which).reduce((sum, { lines }) => sum + lines.reduce((all, line) => all + line.granted, 0), 0);

const comparison =
  (proposed: readonly Statement[], current: readonly Statement[], currency: string) =>
  (which: (statement: Statement) => boolean): Compared => {
    const [one, other] = [granted(proposed, which), granted(current, which)];
    const money = (minor: number): MoneyText => moneyText({ minor, currency });
    return { proposed: money(one), current: money(other), difference: money(one - other) };
  };

const names = (statements: readonly Statement[], of: (statement: Statement) => string): string[] =>
  [...new Set(statements.map(of))].sort();

const warningsOf = ({ terms }: AskedSimulation): Warning[] =>
  terms.teamPool === null ? [] : [{ code: 'POOL_NOT_SIMULATED', detail: 'the pool of both teams is not in the cost' }];
