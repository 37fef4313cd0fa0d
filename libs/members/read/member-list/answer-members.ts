import { instantText } from '#kernel/time.js';
import { answerList, type ListAnswer, type ListView } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import { MEMBER_VIEW, type MemberDocument } from './member-document.js';

export interface MemberItem extends Omit<MemberDocument, 'joinedAt' | 'leftAt' | 'since'> {
  readonly joinedAt: string;
  readonly leftAt: string | null;
  readonly since: string;
}

export const MEMBER_LIST: ListView = {
  processor: 'roster',
  view: MEMBER_VIEW.view,
  usualSort: 'handle',
  fields: [
    { name: 'handle', type: 'text', sortable: true },
    { name: 'team', type: 'text', sortable: true },
    { name: 'role', type: 'text' },
    { name: 'manager', type: 'text', sortable: true },
    { name: 'joinedAt', type: 'number', sortable: true },
  ],
  search: ['handle', 'aliases'],
};

/** A page of members, those who left included; see `answerList`. */
export const answerMembers = (side: ReadSide, query: Query): Promise<ListAnswer<MemberItem>> =>
  answerList<MemberDocument, MemberItem>(side, MEMBER_LIST, query, (member) => ({
    ...member,
    joinedAt: instantText(member.joinedAt),
    leftAt: instantOrNull(member.leftAt),
    since: instantText(member.since),
  }));
