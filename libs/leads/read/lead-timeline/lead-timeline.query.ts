import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerTimeline, type TimelineAnswer } from './answer-timeline.js';

export class LeadTimelineQuery extends Question<TimelineAnswer> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(LeadTimelineQuery)
export class LeadTimelineHandler implements IQueryHandler<LeadTimelineQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: LeadTimelineQuery): Promise<TimelineAnswer> {
    return answerTimeline(this.side, id, query);
  }
}
