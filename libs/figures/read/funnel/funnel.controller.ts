import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { funnelCsv } from '../../report/csv.js';
import type { FunnelAnswer } from '../../report/funnel.js';
import { rendered } from '../rendered.js';
import { DescribeReport } from '../describe-report.js';
import { FUNNEL_EXAMPLE } from '../report-examples.js';
import { FunnelQuery } from './funnel.query.js';

@ApiTags('figures')
@Controller('funnel')
export class FunnelController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Passes by stage: a cohort followed down, or the entries of a period',
    FUNNEL_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @ApiQuery({
    name: 'stages',
    required: false,
    example: 'lead,mql,won',
    description: 'Of lead, mql, sal, sql, opportunity, won, paying, in this order; default all.',
  })
  @ApiQuery({
    name: 'mode',
    required: false,
    enum: ['cohort', 'period'],
    description: 'cohort (default): the period is that of the first stage.',
  })
  @ApiQuery({
    name: 'horizonDays',
    required: false,
    example: 90,
    description: 'Cohort only: how long a pass has to reach a stage; default for ever.',
  })
  @DescribeReport('grain', 'by', 'money')
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FunnelAnswer | string> {
    return rendered(query, await this.bus.execute(new FunnelQuery(query)), funnelCsv, reply);
  }
}
