import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeReport } from '#figures/read/describe-report.js';
import { rendered } from '#figures/read/rendered.js';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { RoiAnswer } from '../../report/roi.js';
import { roiCsv } from '../../report/credit-csv.js';
import { ROI_EXAMPLE } from '../credit-examples.js';
import { DescribeCredit } from '../describe-credit.js';
import { RoiQuery } from './roi.query.js';

@ApiTags('attribution')
@Controller('roi')
export class RoiController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'What came back for what was spent: ROAS, ROMI and CAC under each model',
    ROI_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @DescribeCredit()
  @DescribeReport('grain', 'by')
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoiAnswer | string> {
    return rendered(query, await this.bus.execute(new RoiQuery(query)), roiCsv, reply);
  }
}
