import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { KNOWN_RULES, type KnownRules } from '../earning/follow-knowledge.js';
import { answerNext, type NextAnswer } from './answer-next.js';

export class NextQuery extends Question<NextAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(NextQuery)
export class NextHandler implements IQueryHandler<NextQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_RULES) private readonly rules: KnownRules,
  ) {}

  execute({ query }: NextQuery): Promise<NextAnswer> {
    return answerNext(this.side, this.rules, query);
  }
}
