import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Uuid } from '#kernel/ids.js';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { LeadJourneyAnswer } from '../../report/lead-journey.js';
import { LEAD_JOURNEY_EXAMPLE } from '../credit-examples.js';
import { LeadJourneyQuery } from './lead-journey.query.js';

@ApiTags('attribution')
@Controller('leads/:id/journey')
export class LeadJourneyController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    "A lead's touches, each with what it earned under each model, and the events behind them",
    LEAD_JOURNEY_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @ApiQuery({
    name: 'models',
    required: false,
    example: 'first-touch,linear',
    description: 'Default: all that look at one path alone.',
  })
  answer(@Param('id') id: Uuid, @Query() query: Parameters): Promise<LeadJourneyAnswer> {
    return this.bus.execute(new LeadJourneyQuery(id, query));
  }
}
