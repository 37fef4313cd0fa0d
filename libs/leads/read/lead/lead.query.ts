import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerLead, type LeadAnswer } from './answer-lead.js';

export class LeadQuery extends Question<LeadAnswer> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(LeadQuery)
export class LeadHandler implements IQueryHandler<LeadQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: LeadQuery): Promise<LeadAnswer> {
    return answerLead(this.side, id, query);
  }
}
