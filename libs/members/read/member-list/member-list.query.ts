import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerMembers, type MemberItem } from './answer-members.js';

export class MemberListQuery extends Question<ListAnswer<MemberItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(MemberListQuery)
export class MemberListHandler implements IQueryHandler<MemberListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: MemberListQuery): Promise<ListAnswer<MemberItem>> {
    return answerMembers(this.side, query);
  }
}
