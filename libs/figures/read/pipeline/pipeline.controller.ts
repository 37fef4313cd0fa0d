import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { PipelineAnswer } from '../../report/pipeline.js';
import { PIPELINE_EXAMPLE } from '../report-examples.js';
import { PipelineQuery } from './pipeline.query.js';

/** Stands here and not with the deals: a stock as known at any moment is a sum of facts. */
@ApiTags('deals')
@Controller('pipeline')
export class PipelineController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Open deals by pipeline stage, now or as known at any moment: how many, and worth what',
    PIPELINE_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @ApiQuery({
    name: 'owner',
    required: false,
    isArray: true,
    type: String,
    description: 'Only these, like every other dimension by its name; repeated for "or", empty for no value.',
  })
  answer(@Query() query: Parameters): Promise<PipelineAnswer> {
    return this.bus.execute(new PipelineQuery(query));
  }
}
