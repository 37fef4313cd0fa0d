import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerImports, type ImportItem } from './answer-imports.js';

export class ImportListQuery extends Question<ListAnswer<ImportItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(ImportListQuery)
export class ImportListHandler implements IQueryHandler<ImportListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: ImportListQuery): Promise<ListAnswer<ImportItem>> {
    return answerImports(this.side, query);
  }
}
