import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerDeal, type DealAnswer } from './answer-deal.js';

export class DealQuery extends Question<DealAnswer> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(DealQuery)
export class DealHandler implements IQueryHandler<DealQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: DealQuery): Promise<DealAnswer> {
    return answerDeal(this.side, id, query);
  }
}
