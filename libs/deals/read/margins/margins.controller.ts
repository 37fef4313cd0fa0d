import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AS_OF_EXAMPLE, DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { MarginsAnswer } from './answer-margins.js';
import { MarginsQuery } from './margins.query.js';

const EXAMPLE: MarginsAnswer = {
  asOf: AS_OF_EXAMPLE,
  versions: [
    {
      version: 1,
      effectiveFrom: '2026-01-01',
      margins: [{ product: 'Concord Cloud', margin: '72.5' }],
      otherwise: '30',
      definedAt: '2025-12-20T09:30:00Z',
      definedBy: 'fiona',
    },
  ],
};

@ApiTags('definitions')
@Controller('definitions/margin')
export class MarginsController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion('The margin table, in all versions', EXAMPLE, 'minPosition', 'knownAt')
  answer(@Query() query: Parameters): Promise<MarginsAnswer> {
    return this.bus.execute(new MarginsQuery(query));
  }
}
