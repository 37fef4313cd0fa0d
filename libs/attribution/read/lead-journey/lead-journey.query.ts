import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerLeadJourney, type LeadJourneyAnswer } from '../../report/lead-journey.js';

export class LeadJourneyQuery extends Question<LeadJourneyAnswer> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(LeadJourneyQuery)
export class LeadJourneyHandler implements IQueryHandler<LeadJourneyQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: LeadJourneyQuery): Promise<LeadJourneyAnswer> {
    return answerLeadJourney(this.side, id, query);
  }
}
