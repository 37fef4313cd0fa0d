import fc from 'fast-check';
import { DomainError } from '#kernel/errors.js';
import { TEAMS } from '#kernel/envelope.js';
import type { MemberEvent } from './events/member-events.js';
import { tenureAt, type MemberState } from './member.js';
import { ALL_FREE, asked, joined, left, memberAfter, moved, on } from './testing/member-life.js';
import { joinMember } from './write/join-member/join-member.js';
import { leaveMember } from './write/leave-member/leave-member.js';
import { moveMember } from './write/move-member/move-member.js';

const teamOn = (member: MemberState, day: number) => tenureAt(member, on(day))?.team;

describe('A member', () => {
  it('is in the team of the last move at or before the moment', () => {
    const member = memberAfter(joined(2), moved(5, { team: 'marketing' }), left(9));
    expect([2, 4, 5, 8, 9, 12].map((day) => teamOn(member, day))).toEqual([
      'sales',
      'sales',
      'marketing',
      'marketing',
      null,
      null,
    ]);
  });

  it('was in their first known team before they were entered', () => {
    expect(teamOn(memberAfter(joined(8), moved(10, { team: 'finance' })), 1)).toBe('sales');
  });

  it('keeps a later move when an earlier one is recorded late', () => {
    const member = memberAfter(joined(1), moved(8, { team: 'finance' }), moved(4, { team: 'marketing' }));
    expect([3, 4, 8, 12].map((day) => teamOn(member, day))).toEqual(['sales', 'marketing', 'finance', 'finance']);
  });
});

describe('Any sequence of member commands', () => {
  const at = fc.option(fc.integer({ min: 1, max: 12 }).map(on), { nil: undefined });
  const team = fc.constantFrom(...TEAMS);
  const role = fc.constantFrom('member', 'head');
  const aliases = fc.option(fc.subarray(['a', 'b', 'sam']), { nil: undefined });
  const anyStep = fc.oneof(
    fc
      .record({ occurredAt: at, team, role, aliases })
      .map((input) => (member: MemberState) => joinMember(asked({ ...input, handle: 'sam' }), member, ALL_FREE)),
    fc
      .record({ occurredAt: at, team: fc.option(team, { nil: undefined }), role, aliases })
      .map((input) => (member: MemberState) => moveMember(asked(input), member, ALL_FREE)),
    fc.record({ occurredAt: at }).map((input) => (member: MemberState) => leaveMember(asked(input), member)),
  );

  it('records nothing when a command is run again at once, and alternates joining with leaving', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30, size: 'max' }), (steps) => {
        let events: readonly MemberEvent[] = [];
        for (const decide of steps) {
          const decided = attempt(() => decide(memberAfter(...events)));
          if (decided === null) continue;
          events = [...events, ...decided];
          expect(decide(memberAfter(...events))).toEqual([]);
        }
        const turns = events.map(({ type }) => type).filter((type) => type !== 'member.moved');
        turns.forEach((type, index) => expect(type).toBe(index % 2 === 0 ? 'member.joined' : 'member.left'));
      }),
    );
  });
});

function attempt(decide: () => readonly MemberEvent[]): readonly MemberEvent[] | null {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
