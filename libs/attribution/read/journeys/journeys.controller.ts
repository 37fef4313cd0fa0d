import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeReport } from '#figures/read/describe-report.js';
import { rendered } from '#figures/read/rendered.js';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { JourneysAnswer } from '../../report/journeys.js';
import { journeysCsv } from '../../report/credit-csv.js';
import { JOURNEYS_EXAMPLE } from '../credit-examples.js';
import { JourneysQuery } from './journeys.query.js';

@ApiTags('attribution')
@Controller('journeys')
export class JourneysController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'The most frequent paths of channels, their length and the time they take',
    JOURNEYS_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @ApiQuery({ name: 'limit', required: false, type: Number, example: 20, description: 'Paths shown, 1 to 1000.' })
  @DescribeReport()
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<JourneysAnswer | string> {
    return rendered(query, await this.bus.execute(new JourneysQuery(query)), journeysCsv, reply);
  }
}
