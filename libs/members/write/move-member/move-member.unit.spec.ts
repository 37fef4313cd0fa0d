import { ALL_FREE, asked, joined, left, memberAfter, moved, on, refusal } from '../../testing/member-life.js';
import { moveMember, type MoveMember } from './move-member.js';

const move = (input: MoveMember, member = memberAfter(joined(1, { manager: 'ada', aliases: ['S. Smith'] }))) =>
  moveMember(asked(input), member, ALL_FREE);

describe('MoveMember', () => {
  it('changes what is named and keeps the rest', () => {
    expect(move({ team: 'marketing' })).toEqual([
      moved(12, { team: 'marketing', manager: 'ada', aliases: ['S. Smith'] }),
    ]);
    expect(move({ role: 'head', manager: null })).toEqual([moved(12, { role: 'head', aliases: ['S. Smith'] })]);
    expect(move({ aliases: [] })).toEqual([moved(12, { manager: 'ada' })]);
  });

  it('keeps what held at the moment of the move, not what holds now', () => {
    const member = memberAfter(joined(1), moved(8, { team: 'marketing', role: 'head' }));
    expect(move({ manager: 'ada', occurredAt: on(5) }, member)).toEqual([moved(5, { manager: 'ada' })]);
  });

  it('finds nothing to do where all was so at that moment', () => {
    expect(move({ team: 'sales', role: 'member', manager: 'ada', aliases: ['S. Smith'] })).toEqual([]);
    expect(move({})).toEqual([]);
    const member = memberAfter(joined(1), moved(8, { team: 'marketing' }));
    expect(move({ team: 'sales', occurredAt: on(5) }, member)).toEqual([]);
    expect(move({ team: 'marketing' }, member)).toEqual([]);
  });

  it('refuses a member who does not exist or has left', () => {
    expect(refusal(() => move({ team: 'finance' }, memberAfter()))).toBe('MEMBER.NOT_FOUND');
    expect(refusal(() => move({ team: 'finance' }, memberAfter(joined(1), left(5))))).toBe('MEMBER.TRANSITION_REFUSED');
  });

  it('needs a team for a time in which the member was in none', () => {
    const member = memberAfter(joined(1), left(5), joined(8));
    expect(refusal(() => move({ role: 'head', occurredAt: on(6) }, member))).toBe('MEMBER.TRANSITION_REFUSED');
    expect(move({ team: 'finance', occurredAt: on(6) }, member)).toEqual([moved(6, { team: 'finance' })]);
  });

  it('refuses an alias that another member goes by', () => {
    const holders = new Map([['Ada', 'ada']]);
    expect(refusal(() => moveMember(asked({ aliases: ['Ada'] }), memberAfter(joined(1)), holders))).toBe(
      'MEMBER.NAME_TAKEN',
    );
  });
});
