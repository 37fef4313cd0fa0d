import { DomainError } from '#kernel/errors.js';
import { meansSomethingElse, memberEvent, occurredAtOf, sameMoment, type Asked, type Said } from '../../asked.js';
import type { MemberEvent } from '../../events/member-events.js';
import type { MemberState } from '../../member.js';

export type LeaveMember = Said;

/** LeaveMember: from then on in no team; what was theirs stays theirs. Throws `MEMBER.NOT_FOUND`, `MEMBER.MEANS_SOMETHING_ELSE` (left at another time). */
export function leaveMember(asked: Asked<LeaveMember>, member: MemberState): MemberEvent[] {
  if (member.status === 'none') throw new DomainError('not-found', 'MEMBER.NOT_FOUND', 'there is no such member');
  const occurredAt = occurredAtOf(asked);
  if (member.status === 'left') {
    if (member.last !== null && sameMoment(asked.input, member.last.occurredAt)) return [];
    throw meansSomethingElse(`${member.handle} left before, at another time`);
  }
  return [memberEvent({ type: 'member.left', occurredAt, data: { handle: member.handle } })];
}
