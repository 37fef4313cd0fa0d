import type { PaymentReceivedData } from '#deals/events/deal-events.js';
import type { EventStore } from '#event-store/event-store.js';
import { DomainError, malformed } from '#kernel/errors.js';
import { isUuid, type Uuid } from '#kernel/ids.js';
import { moneyText, type MoneyText } from '#kernel/money.js';
import type { Position } from '#kernel/position.js';
import { asOf, type Warning } from '#platform/questions/read-side.js';
import type { StatementKey } from '../events/statement-events.js';
import { knowledgeEventOf } from '../earning/follow-knowledge.js';
import type { AccountEvent } from '../earning/fold-account.js';
import { KNOWLEDGE_EVENT_TYPES, type KnowledgeEvent } from '../earning/knowledge.js';
import { accountEventOf, eventsOfLead } from '../earning/read-account.js';
import { daysOf, type PeriodName } from '../plan/bonus-period.js';
import type { BonusSide, BookHead } from '../read/book-question.js';
import { itemOf, type StatementItem } from '../read/statements/answer-statements.js';
import type { BookEvent } from '../statements/bonus-book.js';
import { statementsOf } from '../statements/statements-of.js';
import type { Changes } from './changes.js';
import { bookWith, differences } from './compare.js';
import { replayBonuses, type Replay } from './replay-bonuses.js';

export interface AskedCounterfactual {
  /** Whose statement is disputed; it names the plan and period where these are left out. */
  readonly dispute: string | null;
  readonly planId: string | null;
  readonly period: PeriodName | null;
  /** Left out: all leads with a line in the period, and those of added touches. */
  readonly leads: readonly string[] | null;
  readonly changes: Changes;
}

export interface CounterfactualAnswer extends BookHead {
  readonly plan: string;
  readonly period: PeriodName;
  readonly dispute: string | null;
  /** Those that were judged again. */
  readonly leads: readonly string[];
  /** Everybody for whom it makes a difference. */
  readonly members: readonly DifferenceItem[];
}

export interface DifferenceItem {
  readonly member: string;
  readonly before: StatementItem | null;
  readonly after: StatementItem | null;
  /** Of what the period's own lines grant. */
  readonly difference: MoneyText;
  /** Of what all periods grant: later ones may give or take back in turn. */
  readonly overall: MoneyText;
}

/** Leads that one question judges again. */
const MOST_LEADS = 1000;

/**
 * The statements of a period as they are and as they would be, had events been others: the leads are judged again, with what was known at each
 * moment. Records nothing. Throws `BONUS.DISPUTE_NOT_FOUND`, `BONUS.PLAN_NOT_FOUND` (404), `BONUS.BAD_PERIOD`, `BONUS.WHICH_STATEMENTS`, `BONUS.TOO_MANY_LEADS`,
 * `BONUS.UNKNOWN_MODEL` (400).
 */
export async function answerCounterfactual(
  { side, known }: BonusSide,
  asked: AskedCounterfactual,
): Promise<CounterfactualAnswer> {
  const { eventStore, organisation } = side;
  const { upTo, planId, period, found } = await known.read((book, position) => {
    const of = whichStatements(asked, book.disputes.get(asked.dispute ?? '')?.raised.data ?? null);
    if (!book.plans.has(of.planId)) throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan');
    const lines = statementsOf(book, of).flatMap((statement) => statement.lines);
    return { ...of, upTo: position, found: lines.map(({ leadId }) => leadId).filter((lead) => lead !== null) };
  });
  const leads = [...new Set([...(asked.leads ?? found), ...asked.changes.touches.map(({ lead }) => lead)])].filter(
    isUuid,
  );
  if (leads.length > MOST_LEADS)
    throw malformed('BONUS.TOO_MANY_LEADS', `${leads.length} leads would be judged again; name at most ${MOST_LEADS}`);
  const rules = await rulesUpTo(eventStore, upTo);
  const histories = new Map<Uuid, readonly AccountEvent[]>();
  for (const lead of leads) {
    const events = await eventsOfLead(eventStore, lead);
    histories.set(lead, events.filter(({ position }) => position <= upTo).map(accountEventOf));
  }
  const replayed = new Map(
    [...histories].map(([leadId, own]) => [
      leadId,
      judgedAgain({ planId, leadId, own, rules, changes: asked.changes }),
    ]),
  );
  const content = await known.readAsOf(upTo, (before, _, events) => {
    const after = bookWith(events, planId, replayed);
    const money = (minor: number): MoneyText => moneyText({ minor, currency: before.currency });
    return {
      members: differences(before, after, planId, period).map((one) => ({
        member: one.member,
        before: one.before === null ? null : itemOf(before, one.before),
        after: one.after === null ? null : itemOf(after, one.after),
        difference: money(one.inPeriod),
        overall: money(one.overall),
      })),
    };
  });
  const { timeZone, currency } = organisation;
  return {
    asOf: await asOf(eventStore, upTo),
    ...{ timeZone, currency, plan: planId, period, dispute: asked.dispute, leads, ...content },
    warnings: unfound(asked.changes, histories),
  };
}

function whichStatements(
  { dispute, planId, period }: AskedCounterfactual,
  disputed: StatementKey | null,
): { readonly planId: string; readonly period: PeriodName } {
  if (dispute !== null && disputed === null)
    throw new DomainError('not-found', 'BONUS.DISPUTE_NOT_FOUND', 'there is no such dispute');
  const of = { planId: planId ?? disputed?.planId, period: period ?? disputed?.period };
  if (of.planId === undefined || of.period === undefined)
    throw malformed('BONUS.WHICH_STATEMENTS', 'name a plan and a period, or a dispute');
  daysOf(of.period);
  return { planId: of.planId, period: of.period };
}

async function rulesUpTo(store: Pick<EventStore, 'readAll'>, upTo: Position): Promise<readonly KnowledgeEvent[]> {
  const rules: KnowledgeEvent[] = [];
  for await (const page of store.readAll({ upTo, types: KNOWLEDGE_EVENT_TYPES }))
    rules.push(...page.events.map(knowledgeEventOf));
  return rules;
}

/** A model that is not there, or that splits no reward, is the asker's mistake. */
function judgedAgain(replay: Replay): readonly BookEvent[] {
  try {
    return replayBonuses(replay);
  } catch (error) {
    if (error instanceof RangeError && replay.changes.split !== null)
      throw malformed('BONUS.UNKNOWN_MODEL', error.message);
    throw error;
  }
}

/** What was to be changed and is in no history of these leads: the answer shows no difference for it. */
function unfound(
  { remove, costs }: Changes,
  histories: ReadonlyMap<string, readonly AccountEvent[]>,
): readonly Warning[] {
  const events = [...histories.values()].flat();
  const ids = new Set(events.map(({ eventId }) => eventId));
  const payments = new Set(
    events
      .filter(({ type }) => type === 'deal.payment-received')
      .map((event) => (event.data() as PaymentReceivedData).paymentId), // the type names its data
  );
  return [
    ...[...remove].filter((id) => !ids.has(id)),
    ...costs.map(({ paymentId }) => paymentId).filter((id) => !payments.has(id)),
  ].map((id) => ({
    code: 'NOT_AMONG_THE_LEADS',
    detail: `${id} is in no history of the leads that were judged again`,
  }));
}
