import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ListAnswer } from '#platform/questions/list.js';
import type { OneAnswer } from '#platform/questions/one.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { ROSTER, type TeamRoster } from '#platform/roster.js';
import { answerGuideline, answerGuidelines, type GuidelineItem } from './answer-guidelines.js';

export class GuidelineListQuery extends Question<ListAnswer<GuidelineItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

export class GuidelineQuery extends Question<OneAnswer<GuidelineItem>> {
  constructor(
    readonly name: string,
    readonly query: Query,
  ) {
    super();
  }
}

/** Who has a guideline open depends on who is in the teams today. */
@QueryHandler(GuidelineListQuery)
export class GuidelineListHandler implements IQueryHandler<GuidelineListQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(ROSTER) private readonly roster: TeamRoster,
  ) {}

  execute({ query }: GuidelineListQuery): Promise<ListAnswer<GuidelineItem>> {
    return answerGuidelines(this.side, this.roster, query, Date.now());
  }
}

@QueryHandler(GuidelineQuery)
export class GuidelineHandler implements IQueryHandler<GuidelineQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(ROSTER) private readonly roster: TeamRoster,
  ) {}

  execute({ name, query }: GuidelineQuery): Promise<OneAnswer<GuidelineItem>> {
    return answerGuideline(this.side, this.roster, name, query, Date.now());
  }
}
