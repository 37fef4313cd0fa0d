import type { RecordedEvent } from '#kernel/envelope.js';
import { idOf, recorder } from '#platform/testing/recorder.js';
import type { MemberEvent } from '../../events/member-events.js';
import { projectMember, type MemberDocument } from './member-document.js';

const ID = idOf('sam');
const JOINED = { handle: 'sam', team: 'sales', role: 'member', manager: 'zoe', aliases: ['s@example.com'] } as const;

function member(...events: readonly MemberEvent[]): MemberDocument | null {
  const record = recorder();
  return events
    .map((event): RecordedEvent => record(`member-${ID}`, event))
    .reduce<MemberDocument | null>((before, event) => projectMember(before, event, ID), null);
}
const event = <Type extends MemberEvent['type']>(
  type: Type,
  occurredAt: number,
  data: Extract<MemberEvent, { type: Type }>['data'],
) => ({ type, occurredAt, leadId: null, pass: null, data }) as MemberEvent; // of the type given

describe('The member document', () => {
  it('shows where a member is and since when', () => {
    expect(member(event('member.joined', 10, JOINED))).toMatchObject({
      id: ID,
      handle: 'sam',
      team: 'sales',
      manager: 'zoe',
      joinedAt: 10,
      leftAt: null,
      since: 10,
    });
  });

  it('follows a move, but not one that was entered late', () => {
    const joined = event('member.joined', 10, JOINED);
    const moved = event('member.moved', 30, { ...JOINED, team: 'marketing', role: 'head' });
    const late = event('member.moved', 20, { ...JOINED, team: 'finance' });
    expect(member(joined, moved, late)).toMatchObject({
      team: 'marketing',
      role: 'head',
      since: 30,
      joinedAt: 10,
      revision: 2,
    });
  });

  it('keeps those who left, with the moment', () => {
    expect(member(event('member.joined', 10, JOINED), event('member.left', 40, { handle: 'sam' }))).toMatchObject({
      team: 'sales',
      leftAt: 40,
    });
  });

  it('knows nobody who never joined', () => {
    expect(member(event('member.left', 40, { handle: 'sam' }))).toBeNull();
  });
});
