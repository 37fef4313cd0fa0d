import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import type { DealItem } from '../deal/answer-deal.js';
import { answerDeals } from './answer-deals.js';

export class DealListQuery extends Question<ListAnswer<DealItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(DealListQuery)
export class DealListHandler implements IQueryHandler<DealListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: DealListQuery): Promise<ListAnswer<DealItem>> {
    return answerDeals(this.side, query);
  }
}
