import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { kpiCsv } from '../../report/csv.js';
import type { KpiAnswer } from '../../report/kpi.js';
import { rendered } from '../rendered.js';
import { DescribeReport } from '../describe-report.js';
import { KPI_EXAMPLE } from '../report-examples.js';
import { KpiQuery } from './kpi.query.js';

@ApiTags('figures')
@Controller('kpi')
export class KpiController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'The figure that marketing and sales own together, beside its companions and the previous period',
    KPI_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @DescribeReport()
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KpiAnswer | string> {
    return rendered(query, await this.bus.execute(new KpiQuery(query)), kpiCsv, reply);
  }
}
