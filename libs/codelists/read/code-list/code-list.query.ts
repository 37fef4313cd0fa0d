import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { CodeListName } from '../../events/code-list-events.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerCodeList, answerCodeLists, type CodeListAnswer, type CodeListsAnswer } from './answer-code-lists.js';

export class CodeListsQuery extends Question<CodeListsAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

export class CodeListQuery extends Question<CodeListAnswer> {
  constructor(
    readonly list: CodeListName,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(CodeListsQuery)
export class CodeListsHandler implements IQueryHandler<CodeListsQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: CodeListsQuery): Promise<CodeListsAnswer> {
    return answerCodeLists(this.side, query);
  }
}

@QueryHandler(CodeListQuery)
export class CodeListHandler implements IQueryHandler<CodeListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ list, query }: CodeListQuery): Promise<CodeListAnswer> {
    return answerCodeList(this.side, list, query);
  }
}
