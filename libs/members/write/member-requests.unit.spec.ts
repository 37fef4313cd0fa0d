import 'reflect-metadata';
import { DomainError } from '#kernel/errors.js';
import { readRequest } from '#platform/http/request-pipe.js';
import { JoinMemberRequest, toJoinMember } from './join-member/join-member.request.js';
import { LeaveMemberRequest, toLeaveMember } from './leave-member/leave-member.request.js';
import { MoveMemberRequest, toMoveMember } from './move-member/move-member.request.js';

const SAM = { handle: 'sam', team: 'sales' };

describe('Bodies of member commands', () => {
  it('become domain values', () => {
    expect(toJoinMember(readRequest(JoinMemberRequest, SAM))).toMatchObject({
      ...SAM,
      role: 'member',
      manager: null,
      aliases: [],
    });
    expect(toMoveMember(readRequest(MoveMemberRequest, { manager: null }))).toEqual({ manager: null });
    expect(toLeaveMember(readRequest(LeaveMemberRequest, { occurredAt: '2026-03-01T00:00:00Z' })).occurredAt).toBe(
      Date.UTC(2026, 2, 1),
    );
  });

  it.each<[string, new () => object, unknown, string, string]>([
    ['no handle', JoinMemberRequest, { team: 'sales' }, '/handle', 'MISSING'],
    ['an empty handle', JoinMemberRequest, { ...SAM, handle: '' }, '/handle', 'IS_LENGTH'],
    ['no team', JoinMemberRequest, { handle: 'sam' }, '/team', 'MISSING'],
    ['a team that is none', JoinMemberRequest, { ...SAM, team: 'legal' }, '/team', 'IS_IN'],
    ['a role that is none', JoinMemberRequest, { ...SAM, role: 'boss' }, '/role', 'IS_IN'],
    ['aliases that are no list', JoinMemberRequest, { ...SAM, aliases: 'S.' }, '/aliases', 'IS_ARRAY'],
    ['an alias that is no text', JoinMemberRequest, { ...SAM, aliases: [5] }, '/aliases', 'IS_STRING'],
    ['an empty alias', JoinMemberRequest, { ...SAM, aliases: [''] }, '/aliases', 'IS_LENGTH'],
    [
      'too many aliases',
      JoinMemberRequest,
      { ...SAM, aliases: Array.from({ length: 51 }, String) },
      '/aliases',
      'ARRAY_MAX_SIZE',
    ],
    ['an unknown member', MoveMemberRequest, { handle: 'sam' }, '/handle', 'UNKNOWN_PROPERTY'],
    ['a moment that is none', LeaveMemberRequest, { occurredAt: 'today' }, '/occurredAt', 'IS_INSTANT'],
  ])('refuse %s', (_, type, body, pointer, code) => {
    expect(faults(() => readRequest(type, body))).toContainEqual(expect.objectContaining({ pointer, code }));
  });
});

function faults(attempt: () => unknown): readonly unknown[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainError) return error.errors;
    throw error;
  }
  return [];
}
