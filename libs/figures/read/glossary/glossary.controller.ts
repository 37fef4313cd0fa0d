import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { glossaryCsv } from '../../report/csv.js';
import type { GlossaryAnswer } from '../../report/glossary.js';
import { rendered } from '../rendered.js';
import { GLOSSARY_EXAMPLE } from '../report-examples.js';
import { GlossaryQuery } from './glossary.query.js';

@ApiTags('figures')
@Controller('glossary')
export class GlossaryController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Every definition in use: what each metric, stage, dimension and model of attribution means',
    GLOSSARY_EXAMPLE,
  )
  async answer(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GlossaryAnswer | string> {
    return rendered(query, await this.bus.execute(new GlossaryQuery(query)), glossaryCsv, reply);
  }
}
