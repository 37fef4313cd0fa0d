import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerFigures, type FiguresAnswer } from '../../report/figures.js';

export class FiguresQuery extends Question<FiguresAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(FiguresQuery)
export class FiguresHandler implements IQueryHandler<FiguresQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: FiguresQuery): Promise<FiguresAnswer> {
    return answerFigures(this.side, query);
  }
}
