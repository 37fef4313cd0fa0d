import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerPipeline, type PipelineAnswer } from '../../report/pipeline.js';

export class PipelineQuery extends Question<PipelineAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(PipelineQuery)
export class PipelineHandler implements IQueryHandler<PipelineQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: PipelineQuery): Promise<PipelineAnswer> {
    return answerPipeline(this.side, query);
  }
}
