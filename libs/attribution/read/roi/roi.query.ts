import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerRoi, type RoiAnswer } from '../../report/roi.js';

export class RoiQuery extends Question<RoiAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(RoiQuery)
export class RoiHandler implements IQueryHandler<RoiQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: RoiQuery): Promise<RoiAnswer> {
    return answerRoi(this.side, query);
  }
}
