import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerJourneys, type JourneysAnswer } from '../../report/journeys.js';

export class JourneysQuery extends Question<JourneysAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(JourneysQuery)
export class JourneysHandler implements IQueryHandler<JourneysQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: JourneysQuery): Promise<JourneysAnswer> {
    return answerJourneys(this.side, query);
  }
}
