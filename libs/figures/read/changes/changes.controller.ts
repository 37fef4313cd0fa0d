import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { ChangesAnswer } from '../../report/answer-changes.js';
import { changesCsv } from '../../report/csv.js';
import { DescribeReport } from '../describe-report.js';
import { rendered } from '../rendered.js';
import { CHANGES_EXAMPLE } from '../report-examples.js';
import { ChangesQuery } from './changes.query.js';

@ApiTags('figures')
@Controller('figures/changes')
export class ChangesController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Why a figure changed between two moments: by cause, with the events and leads behind it',
    CHANGES_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @ApiQuery({ name: 'metric', required: true, example: 'won', description: 'The figure; GET /glossary lists them.' })
  @ApiQuery({
    name: 'knownFrom',
    required: true,
    example: '2026-03-01T09:30:00Z',
    description: 'The earlier moment; the later one is `knownAt`, or now.',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    type: Number,
    example: 20,
    description: 'Events listed per cause, those that moved the figure most first: 1 to 200, usually 20.',
  })
  @DescribeReport()
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangesAnswer | string> {
    return rendered(query, await this.bus.execute(new ChangesQuery(query)), changesCsv, reply);
  }
}
