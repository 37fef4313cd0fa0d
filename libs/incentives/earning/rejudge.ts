import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { BONUS_EVENT_TYPES, type BonusEvent } from '../events/bonus-events.js';
import { evolveBonus, initialBonus, type BonusState, type Evaluation } from './bonus.js';
import { evaluate } from './evaluate.js';
import { ACCOUNT_EVENT_TYPES, accountOf, foldAccount, noAccount, type AccountEvent } from './fold-account.js';
import {
  activePlans,
  KNOWLEDGE_EVENT_TYPES,
  learn,
  nothingKnown,
  type Knowledge,
  type KnowledgeEvent,
} from './knowledge.js';

/** An event of an export: enough of its envelope to judge by. Position decides the order. */
export interface ToldEvent extends AccountEvent, KnowledgeEvent {
  readonly leadId: string | null;
}

/** Types that an export must hold, so that it can be judged again. */
export const REJUDGED_TYPES: ReadonlySet<string> = new Set([
  ...ACCOUNT_EVENT_TYPES,
  ...KNOWLEDGE_EVENT_TYPES,
  ...BONUS_EVENT_TYPES,
]);

/** What was recorded and what must have been, of one evaluation of a lead. */
export interface Misjudged {
  readonly planId: string;
  readonly leadId: string;
  /** Event ids; empty where something is missing that later evaluations did not bring. */
  readonly recorded: readonly string[];
  readonly expected: readonly BonusEvent[];
  readonly because: string;
}

export interface Rejudged {
  /** How many recorded events were judged again. */
  readonly events: number;
  readonly differences: readonly Misjudged[];
  /** Leads that the reaction had not come to yet when the export was made. */
  readonly pending: readonly {
    readonly planId: string;
    readonly leadId: string;
    readonly expected: readonly BonusEvent[];
  }[];
}

interface Evaluated {
  readonly planId: string;
  readonly leadId: string;
  readonly upTo: number;
  readonly knownTo: number;
  readonly stream: string;
  readonly events: (BonusEvent & { readonly eventId: string })[];
}

/** Judges every recorded bonus event again with what its evaluation knew, from events alone; `events` in order of position. */
export function rejudge(events: readonly ToldEvent[]): Rejudged {
  const byLead = new Map<string, ToldEvent[]>();
  const rules: ToldEvent[] = [];
  const evaluations: Evaluated[] = [];
  const latest = new Map<string, Evaluated>();
  for (const event of events) {
    if (BONUS_TYPES.has(event.type)) gather(evaluations, latest, event);
    else if (KNOWN_TYPES.has(event.type)) rules.push(event);
    else if (event.leadId !== null) {
      const own = byLead.get(event.leadId);
      if (own === undefined) byLead.set(event.leadId, [event]);
      else own.push(event);
    }
  }
  const knowledge = nothingKnown();
  const states = new Map<string, BonusState>();
  const differences: Misjudged[] = [];
  let told = 0;
  const knowUpTo = (position: number): void => {
    for (let next = rules[told]; next !== undefined && next.position <= position; next = rules[++told])
      learn(knowledge, next);
  };
  for (const one of evaluations.toSorted((a, b) => a.knownTo - b.knownTo)) {
    knowUpTo(one.knownTo);
    const state = states.get(one.stream) ?? initialBonus;
    const expected = again(knowledge, byLead.get(one.leadId) ?? [], one, state);
    const because = difference(one.events, expected);
    const { planId, leadId } = one;
    if (because !== null)
      differences.push({ planId, leadId, recorded: one.events.map(({ eventId }) => eventId), expected, because });
    states.set(
      one.stream,
      one.events.reduce((now, event) => evolveBonus(now, asRecorded(event)), state),
    );
  }
  knowUpTo(Infinity);
  return {
    events: evaluations.reduce((sum, one) => sum + one.events.length, 0),
    differences,
    pending: pendingOf(knowledge, byLead, states, events.at(-1)),
  };
}

const BONUS_TYPES: ReadonlySet<string> = new Set(BONUS_EVENT_TYPES);
const KNOWN_TYPES: ReadonlySet<string> = new Set(KNOWLEDGE_EVENT_TYPES);

/** What one decision recorded stands together. */
function gather(evaluations: Evaluated[], latest: Map<string, Evaluated>, event: ToldEvent): void {
  const { type, eventId, stream, occurredAt, leadId } = event;
  const data = event.data() as BonusEvent['data']; // the type says so
  const told = { type, data, eventId, occurredAt, leadId, pass: null } as Evaluated['events'][number]; // type and data come together
  const { planId, upTo, knownTo } = data;
  const before = latest.get(stream);
  if (before?.upTo === upTo && before.knownTo === knownTo) {
    before.events.push(told);
    return;
  }
  const evaluation = { planId, leadId: data.leadId, upTo, knownTo, stream, events: [told] };
  evaluations.push(evaluation);
  latest.set(stream, evaluation);
}

function again(
  knowledge: Knowledge,
  events: readonly ToldEvent[],
  { planId, leadId, upTo, knownTo, events: recorded }: Evaluated,
  state: BonusState,
): readonly BonusEvent[] {
  return evaluate(
    {
      planId,
      leadId: leadId as Uuid,
      account: accountUpTo(knowledge, leadId, events, upTo),
      knowledge,
      knownTo,
      cause: causeOf(recorded),
    },
    state,
  );
}

function accountUpTo(knowledge: Knowledge, leadId: string, events: readonly ToldEvent[], upTo: number) {
  const { calendar, currency } = knowledge;
  const context = { dayOf: calendar.dayOf, currency };
  const history = events
    .filter(({ position }) => position <= upTo)
    .reduce((before, event) => foldAccount(before, event, context), noAccount(leadId));
  return { ...accountOf(history, currency), upTo };
}

/** What set the evaluation off is said by the events that it changed something with. */
function causeOf(recorded: Evaluated['events']): Evaluation['cause'] {
  for (const event of recorded)
    if (
      event.type === 'bonus.adjusted' ||
      (event.type === 'bonus.milestone-reversed' && event.data.because === 'correction')
    )
      return { events: event.data.caused, at: event.data.at, because: event.data.because };
  return { events: [], at: recorded[0]?.occurredAt ?? 0, because: 'correction' };
}

/** In words what differs first; null: nothing. */
function difference(recorded: Evaluated['events'], expected: readonly BonusEvent[]): string | null {
  if (recorded.length !== expected.length)
    return `${recorded.length} events were recorded where ${expected.length} are due`;
  for (const [place, one] of recorded.entries()) {
    const due = expected[place];
    if (due === undefined || due.type !== one.type)
      return `${one.type} was recorded where ${due?.type ?? 'nothing'} is due`;
    for (const [name, value] of Object.entries(due.data)) {
      const said = (one.data as unknown as Readonly<Record<string, unknown>>)[name];
      if (JSON.stringify(said) !== JSON.stringify(value))
        return `${one.type}: ${name} is ${JSON.stringify(said)} where ${JSON.stringify(value)} is due`;
    }
  }
  return null;
}

function pendingOf(
  knowledge: Knowledge,
  byLead: ReadonlyMap<string, readonly ToldEvent[]>,
  states: ReadonlyMap<string, BonusState>,
  last: { readonly position: number; readonly occurredAt: Instant } | undefined,
): Rejudged['pending'] {
  if (last === undefined) return [];
  return activePlans(knowledge).flatMap((planId) =>
    [...byLead].flatMap(([leadId, events]) => {
      const state = states.get(`bonus-${planId}.${leadId}`) ?? initialBonus;
      const account = accountUpTo(knowledge, leadId, events, last.position);
      const cause = { events: [], at: last.occurredAt, because: 'correction' as const };
      const expected = evaluate(
        { planId, leadId: leadId as Uuid, account, knowledge, knownTo: last.position, cause },
        state,
      );
      return expected.length === 0 ? [] : [{ planId, leadId, expected }];
    }),
  );
}

const asRecorded = (event: BonusEvent): Parameters<typeof evolveBonus>[1] => ({
  ...event,
  revision: 0,
  actor: { id: 'bonuses', team: 'system' },
});
