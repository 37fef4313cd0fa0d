import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import { MEMBER_EVENT_TYPES, type MemberEvent } from '../../events/member-events.js';

/** One member as the roster has them now. */
export interface MemberDocument {
  readonly id: string;
  readonly revision: number;
  readonly handle: string;
  readonly team: Team;
  readonly role: 'member' | 'head';
  readonly manager: string | null;
  readonly aliases: readonly string[];
  readonly joinedAt: Instant;
  /** null while they are here. */
  readonly leftAt: Instant | null;
  /** When the standing team and role began; a move entered late does not displace a later one. */
  readonly since: Instant;
}

export const MEMBER_VIEW: DocumentView<MemberDocument> = {
  view: 'member',
  types: MEMBER_EVENT_TYPES,
  idsOf: (event) => [event.stream.slice('member-'.length)],
  project: projectMember,
};

/** The member after an event of their stream. */
export function projectMember(
  member: MemberDocument | null,
  recorded: RecordedEvent,
  id: string,
): MemberDocument | null {
  const event = streamEvent<MemberEvent>(recorded);
  switch (event.type) {
    case 'member.joined':
      return {
        ...placement(event.data),
        id,
        revision: event.revision,
        handle: event.data.handle,
        joinedAt: member?.joinedAt ?? event.occurredAt,
        leftAt: null,
        since: event.occurredAt,
      };
    case 'member.moved':
      if (member === null) return null;
      return event.occurredAt < member.since
        ? { ...member, revision: event.revision }
        : { ...member, ...placement(event.data), revision: event.revision, since: event.occurredAt };
    case 'member.left':
      return member === null ? null : { ...member, revision: event.revision, leftAt: event.occurredAt };
    default:
      return member;
  }
}

const placement = ({
  team,
  role,
  manager,
  aliases,
}: Pick<MemberDocument, 'team' | 'role' | 'manager' | 'aliases'>) => ({
  team,
  role,
  manager,
  aliases,
});
