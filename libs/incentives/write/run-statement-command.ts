import type { FactoryProvider } from '@nestjs/common';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { EVENT_STORE, installationOf, type EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import { DomainError } from '#kernel/errors.js';
import { uuidv5 } from '#kernel/ids.js';
import { WAIT_MS } from '#platform/questions/read-side.js';
import { actorAt, ROSTER, type Roster } from '#platform/roster.js';
import { leasedTurn, type Turn } from '#read-store/leased-turn.js';
import { READ_STORE, type ReadStore } from '#read-store/read-store.js';
import { waitFor } from '#subscriptions/progress.js';
import { actingOf, type Asked, type Dated } from '../asked.js';
import {
  bonusPeriodStream,
  statementStream,
  type BonusPeriodEvent,
  type StatementEvent,
  type StatementKey,
} from '../events/statement-events.js';
import { ACCOUNTS_PROCESSOR } from '../earning/account-view.js';
import { BONUS_SWEEPS } from '../earning/bonus-sweeps.js';
import { daysOf, type PeriodName } from '../plan/bonus-period.js';
import { KNOWN_BOOK, type KnownBook } from '../statements/known-book.js';
import { periodSightOf } from '../statements/period-sight.js';
import { openPeriodAt, sightOf, type StatementSight } from '../statements/statement-sight.js';
import { evolveStatement, initialStatement, type StatementState } from '../statements/statement-state.js';
import type { PeriodSight } from './close-bonus-period/close-bonus-period.js';

/** What the commands on statements need from outside. */
export interface StatementDeps {
  readonly store: EventStore;
  readonly roster: Roster;
  readonly known: KnownBook;
  /** One after the other: each sees what the one before it froze. */
  readonly inTurn: Turn;
  /** Waits until the leads are judged up to the ledger's head. Throws `READ_MODEL.BEHIND` (503) where that takes too long. */
  readonly judged: () => Promise<void>;
}

/** Nest injection token. */
export const STATEMENT_DEPS = Symbol('StatementDeps');

export const statementDeps: FactoryProvider<StatementDeps> = {
  provide: STATEMENT_DEPS,
  inject: [EVENT_STORE, READ_STORE, ROSTER, KNOWN_BOOK],
  useFactory: (store: EventStore, readStore: ReadStore, roster: Roster, known: KnownBook) => ({
    ...{ store, roster, known, inTurn: turnsOfAll(readStore) },
    judged: async () => {
      await waitFor(readStore, store, [ACCOUNTS_PROCESSOR, BONUS_SWEEPS], await store.head(), WAIT_MS);
    },
  }),
};

/** In this process by a queue, among processes by a lease. Throws `BONUS.BUSY` (503) when the turn does not come. */
export function turnsOfAll(leases: Pick<ReadStore, 'lease' | 'release'>): Turn {
  const here = turns();
  const among = leasedTurn(leases, {
    name: 'bonus statements',
    busy: { code: 'BONUS.BUSY', detail: 'others are deciding about plans and statements; try again' },
  });
  return (work) => here(() => among(work));
}

function turns(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

export interface StatementCommand<Input> {
  readonly context: CommandContext;
  readonly key: StatementKey;
  readonly input: Input;
}

export type Decide<Input> = (
  asked: Asked<Input>,
  sight: StatementSight,
  state: StatementState,
) => readonly StatementEvent[];

/** The way of every command on a statement to its stream. The decision sees the whole ledger as it is when it is taken. */
export async function runStatementCommand<Input extends Dated>(
  deps: StatementDeps,
  { context, key: given, input }: StatementCommand<Input>,
  decide: Decide<Input>,
): Promise<Outcome> {
  const { store, roster, known } = deps;
  daysOf(given.period); // what is no period has no stream
  const key = { ...given, member: await roster.resolve(given.member) };
  const { acting, asked } = await askedBy(roster, context, input);
  const memberId = uuidv5(installationOf(store), key.member);
  return deps.inTurn(() =>
    runDecider<StatementState, StatementEvent>(store, {
      id: `${key.planId}.${memberId}.${key.period}`,
      stream: statementStream(key.planId, memberId, key.period),
      context: acting,
      initialState: initialStatement,
      evolve: evolveStatement,
      decide: (state) =>
        known.read((book, upTo) => decide(asked, sightOf(book, key, Number(upTo), context.now), state)),
    }),
  );
}

/** On the statement that a dispute is about. Throws `BONUS.DISPUTE_NOT_FOUND`. */
export async function runDisputeCommand<Input extends Dated & { readonly disputeId: string }>(
  deps: StatementDeps,
  { context, input }: Omit<StatementCommand<Input>, 'key'>,
  decide: Decide<Input>,
): Promise<Outcome> {
  const raised = await deps.known.read((book) => book.disputes.get(input.disputeId)?.raised.data);
  if (raised === undefined) throw new DomainError('not-found', 'BONUS.DISPUTE_NOT_FOUND', 'there is no such dispute');
  const { planId, member, period } = raised;
  const outcome = await runStatementCommand(deps, { context, key: { planId, member, period }, input }, decide);
  return { ...outcome, id: input.disputeId };
}

/** On the statement in which something would be booked for the member now. */
export async function runOpenStatementCommand<Input extends Dated>(
  deps: StatementDeps,
  {
    context,
    key: given,
    input,
  }: { readonly context: CommandContext; readonly key: Omit<StatementKey, 'period'>; readonly input: Input },
  decide: Decide<Input>,
): Promise<Outcome> {
  const member = await deps.roster.resolve(given.member);
  const period = await deps.known.read((book) => openPeriodAt(book, given.planId, member, context.now));
  const key = { planId: given.planId, member, period };
  return runStatementCommand(deps, { context, key, input }, decide);
}

export async function runPeriodCommand<Input extends Dated>(
  deps: StatementDeps,
  { context, period, input }: { readonly context: CommandContext; readonly period: PeriodName; readonly input: Input },
  decide: (asked: Asked<Input>, sight: PeriodSight, isClosed: boolean) => readonly BonusPeriodEvent[],
): Promise<Outcome> {
  const { store, known } = deps;
  daysOf(period); // what is no period has no stream
  const { acting, asked } = await askedBy(deps.roster, context, input);
  return deps.inTurn(() =>
    runDecider<boolean, BonusPeriodEvent>(store, {
      id: period,
      stream: bonusPeriodStream(period),
      context: acting,
      initialState: false,
      evolve: () => true,
      decide: (isClosed) => known.read((book) => decide(asked, periodSightOf(book, period, context.now), isClosed)),
    }),
  );
}

/** The actor in the team and the capacities that they have now. */
export async function askedBy<Input extends Dated>(
  roster: Roster,
  context: CommandContext,
  input: Input,
): Promise<{ readonly acting: CommandContext; readonly asked: Asked<Input> }> {
  const actor = await actorAt(roster, context.actor, context.now);
  const acting = { ...context, actor };
  const said = actingOf(acting, await roster.roleAt(actor.id, context.now));
  return { acting, asked: { ...said, now: context.now, input } };
}
