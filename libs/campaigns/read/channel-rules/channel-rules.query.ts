import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import {
  answerChannelRules,
  answerClassified,
  type ChannelRulesAnswer,
  type ClassifiedAnswer,
} from './answer-channel-rules.js';

export class ChannelRulesQuery extends Question<ChannelRulesAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

export class ClassifyQuery extends Question<ClassifiedAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(ChannelRulesQuery)
export class ChannelRulesHandler implements IQueryHandler<ChannelRulesQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: ChannelRulesQuery): Promise<ChannelRulesAnswer> {
    return answerChannelRules(this.side, query);
  }
}

@QueryHandler(ClassifyQuery)
export class ClassifyHandler implements IQueryHandler<ClassifyQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: ClassifyQuery): Promise<ClassifiedAnswer> {
    return answerClassified(this.side, query);
  }
}
