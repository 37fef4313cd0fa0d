import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerChanges, type ChangesAnswer } from '../../report/answer-changes.js';

export class ChangesQuery extends Question<ChangesAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(ChangesQuery)
export class ChangesHandler implements IQueryHandler<ChangesQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: ChangesQuery): Promise<ChangesAnswer> {
    return answerChanges(this.side, query);
  }
}
