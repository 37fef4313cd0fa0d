import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { AS_OF_EXAMPLE, DescribeList, DescribeQuestion } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { LeadAnswer, LeadItem } from './lead/answer-lead.js';
import { LEAD_LIST } from './lead/lead-views.js';
import { LeadQuery } from './lead/lead.query.js';
import { LEAD_EXAMPLE, TIMELINE_EXAMPLE } from './lead-examples.js';
import { EXTERNAL_ID } from './lead-list/answer-leads.js';
import { LeadListQuery } from './lead-list/lead-list.query.js';
import type { TimelineAnswer } from './lead-timeline/answer-timeline.js';
import { LeadTimelineQuery } from './lead-timeline/lead-timeline.query.js';

@ApiTags('leads')
@Controller('leads')
export class LeadQuestionsController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeList('Leads, filtered, searched, sorted, page by page', LEAD_LIST, LEAD_EXAMPLE)
  @ApiQuery({
    name: EXTERNAL_ID,
    required: false,
    example: 'crm:4711',
    description: 'The lead that holds this id of another system, as <system>:<id>; repeated for "or".',
  })
  list(@Query() query: Parameters): Promise<ListAnswer<LeadItem>> {
    return this.bus.execute(new LeadListQuery(query));
  }

  @Get(':id')
  @DescribeQuestion(
    'One lead as it stands, or as it was known',
    { ...LEAD_EXAMPLE, asOf: AS_OF_EXAMPLE, warnings: [] },
    'minPosition',
    'knownAt',
  )
  async one(
    @Param('id') id: Uuid,
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LeadAnswer> {
    const answer = await this.bus.execute(new LeadQuery(id, query));
    reply.header('etag', `"${answer.revision}"`);
    return answer;
  }

  @Get(':id/timeline')
  @DescribeQuestion(
    'Who touched this lead, when, from which team, with what outcome',
    TIMELINE_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  timeline(@Param('id') id: Uuid, @Query() query: Parameters): Promise<TimelineAnswer> {
    return this.bus.execute(new LeadTimelineQuery(id, query));
  }
}
