import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { figuresCsv } from '../../report/csv.js';
import type { FiguresAnswer } from '../../report/figures.js';
import { rendered } from '../rendered.js';
import { DescribeReport } from '../describe-report.js';
import { FIGURES_EXAMPLE } from '../report-examples.js';
import { FiguresQuery } from './figures.query.js';

@ApiTags('figures')
@Controller('figures')
export class FiguresController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Any metrics by any dimensions, now or as known at any moment',
    FIGURES_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @ApiQuery({
    name: 'metrics',
    required: true,
    example: 'leads,won',
    description: 'What to show, in order; GET /glossary lists them.',
  })
  @DescribeReport('grain', 'by', 'money')
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FiguresAnswer | string> {
    return rendered(query, await this.bus.execute(new FiguresQuery(query)), figuresCsv, reply);
  }
}
