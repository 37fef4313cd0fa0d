import { asked, joined, left, memberAfter, on, refusal } from '../../testing/member-life.js';
import { leaveMember } from './leave-member.js';

describe('LeaveMember', () => {
  it('takes a member out of their team', () => {
    expect(leaveMember(asked({ occurredAt: on(5) }), memberAfter(joined(1)))).toEqual([left(5)]);
    expect(leaveMember(asked({}), memberAfter(joined(1), left(5), joined(8)))).toEqual([left(12)]);
  });

  it('finds nothing to do for someone who left, at that moment if one is named', () => {
    expect(leaveMember(asked({}), memberAfter(joined(1), left(5)))).toEqual([]);
    expect(leaveMember(asked({ occurredAt: on(5) }), memberAfter(joined(1), left(5)))).toEqual([]);
  });

  it('refuses another moment, and someone who does not exist', () => {
    const gone = memberAfter(joined(1), left(5));
    expect(refusal(() => leaveMember(asked({ occurredAt: on(6) }), gone))).toBe('MEMBER.MEANS_SOMETHING_ELSE');
    expect(refusal(() => leaveMember(asked({}), memberAfter()))).toBe('MEMBER.NOT_FOUND');
  });
});
