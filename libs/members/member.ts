import type { StreamEvent } from '#kernel/decider.js';
import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { MemberEvent } from './events/member-events.js';

export type RecordedMemberEvent = StreamEvent<MemberEvent>;

/** What held from a moment on, until the next entry. */
export interface Tenure {
  readonly occurredAt: Instant;
  /** null: had left. */
  readonly team: Team | null;
  readonly role: 'member' | 'head' | null;
  readonly manager: string | null;
}

/** One member of staff. */
export interface MemberState {
  /** By what was recorded last. */
  readonly status: 'none' | 'joined' | 'left';
  readonly handle: string;
  /** As recorded last; they hold for all times. */
  readonly aliases: readonly string[];
  /** In order of occurredAt: a back-dated move does not displace a later one. */
  readonly tenures: readonly Tenure[];
  /** The event recorded last; tells a repeat. */
  readonly last: RecordedMemberEvent | null;
}

export const initialMember: MemberState = { status: 'none', handle: '', aliases: [], tenures: [], last: null };

/** The pure fold of a member's stream. An unknown event type changes nothing. */
export function evolveMember(state: MemberState, event: RecordedMemberEvent): MemberState {
  const { occurredAt } = event;
  switch (event.type) {
    case 'member.joined':
    case 'member.moved': {
      const { handle, aliases, team, role, manager } = event.data;
      const tenures = inserted(state.tenures, { occurredAt, team, role, manager });
      return { status: 'joined', handle, aliases, tenures, last: event };
    }
    case 'member.left': {
      const tenures = inserted(state.tenures, { occurredAt, team: null, role: null, manager: null });
      return { ...state, status: 'left', handle: event.data.handle, tenures, last: event };
    }
    default:
      return state;
  }
}

/**
 * What held at a moment. Before the first entry the first known one holds: files and late calls are older than the roster, and a touch of
 * January by someone entered in March was still that team's.
 */
export function tenureAt(member: MemberState, at: Instant): Tenure | null {
  return member.tenures.findLast((tenure) => tenure.occurredAt <= at) ?? member.tenures[0] ?? null;
}

/** Behind all that occurred at the same moment or before. */
function inserted(tenures: readonly Tenure[], tenure: Tenure): readonly Tenure[] {
  return tenures.toSpliced(tenures.findLastIndex((before) => before.occurredAt <= tenure.occurredAt) + 1, 0, tenure);
}
