import { ALL_FREE, asked, joined, left, memberAfter, moved, NOW, on, refusal } from '../../testing/member-life.js';
import { joinMember } from './join-member.js';

const SAM = { handle: 'sam', team: 'sales' } as const;

describe('JoinMember', () => {
  it('enters someone new', () => {
    const input = {
      ...SAM,
      role: 'head',
      manager: 'ada',
      aliases: ['Sam S.', 'S. Smith', 'Sam S.', 'sam'],
      occurredAt: on(1),
    } as const;
    expect(joinMember(asked(input), memberAfter(), ALL_FREE)).toEqual([
      joined(1, { role: 'head', manager: 'ada', aliases: ['S. Smith', 'Sam S.'] }),
    ]);
  });

  it('enters someone again who had left', () => {
    expect(joinMember(asked(SAM), memberAfter(joined(1), left(5)), ALL_FREE)).toEqual([joined(12)]);
  });

  it('finds nothing to do when the same joining was recorded last', () => {
    expect(joinMember(asked(SAM), memberAfter(joined(1)), ALL_FREE)).toEqual([]);
    expect(joinMember(asked({ ...SAM, occurredAt: on(1) }), memberAfter(joined(1)), ALL_FREE)).toEqual([]);
  });

  it('refuses someone who joined otherwise or was moved since', () => {
    for (const [input, member] of [
      [{ ...SAM, role: 'head' }, memberAfter(joined(1))],
      [{ ...SAM, occurredAt: on(2) }, memberAfter(joined(1))],
      [SAM, memberAfter(joined(1), moved(5, { team: 'marketing' }))],
    ] as const) {
      expect(refusal(() => joinMember(asked(input), member, ALL_FREE))).toBe('MEMBER.MEANS_SOMETHING_ELSE');
    }
  });

  it('refuses a handle or an alias that another member goes by', () => {
    const input = { ...SAM, aliases: ['S. Smith'] };
    for (const name of ['sam', 'S. Smith']) {
      expect(refusal(() => joinMember(asked(input), memberAfter(), new Map([[name, 'ada']])))).toBe(
        'MEMBER.NAME_TAKEN',
      );
    }
    expect(joinMember(asked(input), memberAfter(), new Map([['S. Smith', 'sam']]))).toHaveLength(1);
  });

  it('refuses a day to come', () => {
    expect(refusal(() => joinMember(asked({ ...SAM, occurredAt: NOW + 300_001 }), memberAfter(), ALL_FREE))).toBe(
      'REQUEST.OCCURRED_IN_FUTURE',
    );
  });
});
