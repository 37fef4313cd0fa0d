import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { answerGlossary, type GlossaryAnswer } from '../../report/glossary.js';

export class GlossaryQuery extends Question<GlossaryAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(GlossaryQuery)
export class GlossaryHandler implements IQueryHandler<GlossaryQuery> {
  async execute({ query }: GlossaryQuery): Promise<GlossaryAnswer> {
    return answerGlossary(query);
  }
}
