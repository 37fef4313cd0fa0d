import { isDeepStrictEqual } from 'node:util';
import type { Team } from '#kernel/envelope.js';
import { DomainError, refused } from '#kernel/errors.js';
import { memberEvent, occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { MemberEvent } from '../../events/member-events.js';
import { tenureAt, type MemberState } from '../../member.js';
import { aliasesOf, assertNamesFree, type Holders } from '../../names.js';

/** What is left out stays as it was at that moment; aliases hold for all times. */
export interface MoveMember extends Said {
  readonly team?: Team;
  readonly role?: 'member' | 'head';
  readonly manager?: string | null;
  readonly aliases?: readonly string[];
}

/** MoveMember: another team, role, manager or other aliases. Throws `MEMBER.NOT_FOUND`, `MEMBER.TRANSITION_REFUSED` (has left), `MEMBER.NAME_TAKEN`. */
export function moveMember(asked: Asked<MoveMember>, member: MemberState, holders: Holders): MemberEvent[] {
  if (member.status === 'none') throw new DomainError('not-found', 'MEMBER.NOT_FOUND', 'there is no such member');
  if (member.status === 'left')
    throw refused('MEMBER.TRANSITION_REFUSED', `${member.handle} has left and must join again first`);
  const occurredAt = occurredAtOf(asked);
  const { input } = asked;
  const { handle } = member;
  const held = tenureAt(member, occurredAt);
  const team = input.team ?? held?.team ?? null;
  if (team === null)
    throw refused('MEMBER.TRANSITION_REFUSED', `${handle} had left by then; the move must name a team`);
  const next = {
    team,
    role: input.role ?? held?.role ?? 'member',
    manager: input.manager === undefined ? (held?.manager ?? null) : input.manager,
  };
  const aliases = input.aliases === undefined ? member.aliases : aliasesOf(handle, input.aliases);
  const before = { team: held?.team, role: held?.role, manager: held?.manager };
  if (isDeepStrictEqual(next, before) && isDeepStrictEqual(aliases, member.aliases)) return [];
  assertNamesFree(handle, aliases, holders);
  return [memberEvent({ type: 'member.moved', occurredAt, data: { handle, ...next, aliases } })];
}
