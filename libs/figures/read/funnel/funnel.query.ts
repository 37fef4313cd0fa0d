import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerFunnel, type FunnelAnswer } from '../../report/funnel.js';

export class FunnelQuery extends Question<FunnelAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(FunnelQuery)
export class FunnelHandler implements IQueryHandler<FunnelQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: FunnelQuery): Promise<FunnelAnswer> {
    return answerFunnel(this.side, query);
  }
}
