import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerAttribution, type AttributionAnswer } from '../../report/attribution.js';

export class AttributionQuery extends Question<AttributionAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(AttributionQuery)
export class AttributionHandler implements IQueryHandler<AttributionQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: AttributionQuery): Promise<AttributionAnswer> {
    return answerAttribution(this.side, query);
  }
}
