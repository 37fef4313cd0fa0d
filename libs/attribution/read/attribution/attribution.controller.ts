import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeReport } from '#figures/read/describe-report.js';
import { rendered } from '#figures/read/rendered.js';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { AttributionAnswer } from '../../report/attribution.js';
import { attributionCsv } from '../../report/credit-csv.js';
import { ATTRIBUTION_EXAMPLE } from '../credit-examples.js';
import { DescribeCredit } from '../describe-credit.js';
import { AttributionQuery } from './attribution.query.js';

@ApiTags('attribution')
@Controller('attribution')
export class AttributionController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Who gets the credit: models side by side, by channel, campaign, content, team or person',
    ATTRIBUTION_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @DescribeCredit()
  @DescribeReport('grain', 'by')
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AttributionAnswer | string> {
    return rendered(query, await this.bus.execute(new AttributionQuery(query)), attributionCsv, reply);
  }
}
