import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerMargins, type MarginsAnswer } from './answer-margins.js';

export class MarginsQuery extends Question<MarginsAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(MarginsQuery)
export class MarginsHandler implements IQueryHandler<MarginsQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: MarginsQuery): Promise<MarginsAnswer> {
    return answerMargins(this.side, query);
  }
}
