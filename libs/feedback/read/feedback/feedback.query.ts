import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { OneAnswer } from '#platform/questions/one.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerFeedback, answerFeedbackList, type FeedbackItem } from './answer-feedback.js';

export class FeedbackListQuery extends Question<ListAnswer<FeedbackItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

export class FeedbackQuery extends Question<OneAnswer<FeedbackItem>> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(FeedbackListQuery)
export class FeedbackListHandler implements IQueryHandler<FeedbackListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: FeedbackListQuery): Promise<ListAnswer<FeedbackItem>> {
    return answerFeedbackList(this.side, query);
  }
}

@QueryHandler(FeedbackQuery)
export class FeedbackHandler implements IQueryHandler<FeedbackQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: FeedbackQuery): Promise<OneAnswer<FeedbackItem>> {
    return answerFeedback(this.side, id, query);
  }
}
