import { isDeepStrictEqual } from 'node:util';
import type { Team } from '#kernel/envelope.js';
import { meansSomethingElse, memberEvent, occurredAtOf, sameMoment, type Asked, type Said } from '../../asked.js';
import type { MemberEvent, MemberJoinedData } from '../../events/member-events.js';
import type { MemberState } from '../../member.js';
import { aliasesOf, assertNamesFree, type Holders } from '../../names.js';

export interface JoinMember extends Said {
  readonly handle: string;
  readonly team: Team;
  readonly role?: 'member' | 'head';
  /** Handle of the manager. */
  readonly manager?: string | null;
  readonly aliases?: readonly string[];
}

/** JoinMember: someone new, or someone who had left. Throws `MEMBER.NAME_TAKEN`, `MEMBER.MEANS_SOMETHING_ELSE` (has joined already, otherwise). */
export function joinMember(asked: Asked<JoinMember>, member: MemberState, holders: Holders): MemberEvent[] {
  const occurredAt = occurredAtOf(asked);
  const { handle, team, role = 'member', manager = null, aliases = [] } = asked.input;
  const data: MemberJoinedData = { handle, team, role, manager, aliases: aliasesOf(handle, aliases) };
  if (member.status === 'joined') {
    const { last } = member;
    if (
      last?.type === 'member.joined' &&
      isDeepStrictEqual(last.data, data) &&
      sameMoment(asked.input, last.occurredAt)
    )
      return [];
    throw meansSomethingElse(`${handle} has joined already; MoveMember changes team, role, manager or aliases`);
  }
  assertNamesFree(handle, [handle, ...data.aliases], holders);
  return [memberEvent({ type: 'member.joined', occurredAt, data })];
}
