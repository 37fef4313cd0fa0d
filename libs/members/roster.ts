import type { EventStore } from '#event-store/event-store.js';
import { followEvents } from '#event-store/follow-events.js';
import { streamEvent } from '#event-store/run-decider.js';
import type { TeamRoster } from '#platform/roster.js';
import { MEMBER_EVENT_TYPES, type MemberEvent } from './events/member-events.js';
import { evolveMember, initialMember, tenureAt, type MemberState } from './member.js';

/** The roster with what the member commands need of it. */
export interface MemberRoster extends TeamRoster {
  /** Reads what was appended since; call it after a write of one's own, and before judging whether a name is free. */
  refresh(): Promise<void>;
  /** The handle of the member who goes by this name (handle or alias), null when it is free. */
  holderOf(name: string): Promise<string | null>;
}

/** How long members recorded by another process may stay unseen. */
const STALE_AFTER_MS = 250;

/** An in-memory roster that follows the ledger's member events. `clock` tells how old its knowledge is, nothing else. */
export function createRoster(store: EventStore, clock: () => number = Date.now): MemberRoster {
  const members = new Map<string, MemberState>();
  const names = new Map<string, string>();
  let freshUntil = -Infinity;
  const follower = followEvents(store, MEMBER_EVENT_TYPES, (event) => {
    take(event.stream, evolve(event.stream, streamEvent<MemberEvent>(event)));
  });
  const evolve = (stream: string, event: Parameters<typeof evolveMember>[1]): MemberState =>
    evolveMember(members.get(stream) ?? initialMember, event);

  function take(stream: string, member: MemberState): void {
    for (const name of members.get(stream)?.aliases ?? []) if (names.get(name) === stream) names.delete(name);
    members.set(stream, member);
    // A name that two members claimed at once belongs to the one recorded first.
    for (const name of [member.handle, ...member.aliases]) if (!names.has(name)) names.set(name, stream);
  }

  async function refresh(): Promise<void> {
    await follower.refresh();
    freshUntil = clock() + STALE_AFTER_MS;
  }

  async function beFresh(): Promise<void> {
    if (clock() >= freshUntil) await (follower.underWay ?? refresh());
  }

  async function memberOf(name: string): Promise<MemberState | undefined> {
    await beFresh();
    const stream = names.get(name);
    return stream === undefined ? undefined : members.get(stream);
  }

  return {
    refresh,
    holderOf: async (name) => (await memberOf(name))?.handle ?? null,
    resolve: async (handle) => (await memberOf(handle))?.handle ?? handle,
    teamAt: async (handle, at) => {
      const member = await memberOf(handle);
      return member === undefined ? null : (tenureAt(member, at)?.team ?? null);
    },
    membersAt: async (teams, at) => {
      await beFresh();
      return [...members.values()]
        .filter((member) => {
          const team = member.tenures.findLast((tenure) => tenure.occurredAt <= at)?.team ?? null;
          return team !== null && teams.includes(team);
        })
        .map(({ handle }) => handle)
        .sort();
    },
    roleAt: async (handle, at) => {
      const member = await memberOf(handle);
      return member === undefined ? null : (tenureAt(member, at)?.role ?? null);
    },
  };
}
