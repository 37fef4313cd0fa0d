import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import {
  answerGlossary,
  FURTHER_DEFINITIONS,
  type FurtherDefinitions,
  type GlossaryAnswer,
} from '../../report/glossary.js';

export class GlossaryQuery extends Question<GlossaryAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(GlossaryQuery)
export class GlossaryHandler implements IQueryHandler<GlossaryQuery> {
  constructor(@Inject(FURTHER_DEFINITIONS) private readonly further: FurtherDefinitions) {}

  async execute({ query }: GlossaryQuery): Promise<GlossaryAnswer> {
    return answerGlossary(query, this.further);
  }
}
