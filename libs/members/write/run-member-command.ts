import type { FactoryProvider } from '@nestjs/common';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { installationOf, EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import { ROSTER } from '#platform/roster.js';
import { READ_STORE, type ReadStore } from '#read-store/read-store.js';
import { memberStream, type MemberEvent } from '../events/member-events.js';
import { evolveMember, initialMember, type MemberState } from '../member.js';
import type { Holders } from '../names.js';
import type { MemberRoster } from '../roster.js';
import { nameTurn, type NameTurn } from './name-turn.js';

/** What the member commands work with, inside Nest or without it (imports). */
export interface MembersDeps {
  readonly store: EventStore;
  readonly roster: MemberRoster;
  /** Left out where no other process can be at work: in specs, and in a ledger that is only filled. */
  readonly turn?: NameTurn;
}

/** Nest injection token. */
export const MEMBERS_DEPS = Symbol('MembersDeps');

/** ROSTER must be the one that `createRoster` made. */
export const membersDepsProvider: FactoryProvider<MembersDeps> = {
  provide: MEMBERS_DEPS,
  inject: [EVENT_STORE, ROSTER, READ_STORE],
  useFactory: (store: EventStore, roster: MemberRoster, readStore: ReadStore) => ({
    store,
    roster,
    turn: nameTurn(readStore),
  }),
};

/** The way of every member command to its stream; the answer's id is the handle. The roster knows the outcome when this resolves. */
export async function runMemberCommand(
  { store, roster, turn = atOnce }: MembersDeps,
  context: CommandContext,
  handle: string,
  decide: (member: MemberState) => readonly MemberEvent[] | Promise<readonly MemberEvent[]>,
): Promise<Outcome> {
  return oneAtATime(store, () => turn(run));

  async function run(): Promise<Outcome> {
    const outcome = await runDecider<MemberState, MemberEvent>(store, {
      id: handle,
      stream: memberStream(installationOf(store), handle),
      context,
      initialState: initialMember,
      evolve: evolveMember,
      decide,
    });
    if (outcome.events.length > 0) await roster.refresh();
    return outcome;
  }
}

const atOnce: NameTurn = (work) => work();

/** Names are unique across streams, which no append can check: two members who ask for one name must not be judged at once. */
function oneAtATime<Result>(store: EventStore, work: () => Promise<Result>): Promise<Result> {
  const mine = (LAST.get(store) ?? Promise.resolve()).then(work);
  LAST.set(
    store,
    mine.catch(() => undefined),
  );
  return mine;
}

/** The command under way on each store; it never rejects. */
const LAST = new WeakMap<EventStore, Promise<unknown>>();

/** Who goes by these names, as the ledger knows it now. */
export async function holdersOf(roster: MemberRoster, names: readonly string[]): Promise<Holders> {
  await roster.refresh();
  const holders = new Map<string, string>();
  for (const name of names) {
    const holder = await roster.holderOf(name);
    if (holder !== null) holders.set(name, holder);
  }
  return holders;
}
