import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerKpi, type KpiAnswer } from '../../report/kpi.js';

export class KpiQuery extends Question<KpiAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(KpiQuery)
export class KpiHandler implements IQueryHandler<KpiQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: KpiQuery): Promise<KpiAnswer> {
    return answerKpi(this.side, query);
  }
}
