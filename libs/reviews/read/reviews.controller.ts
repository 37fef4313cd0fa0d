import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DescribeReport } from '#figures/read/describe-report.js';
import { rendered } from '#figures/read/rendered.js';
import type { Uuid } from '#kernel/ids.js';
import { AS_OF_EXAMPLE, DescribeList, DescribeQuestion } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { OneAnswer } from '#platform/questions/one.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { leadReviewsCsv } from '../report/lead-review-csv.js';
import { COUNTS, type LeadReviewLeads } from '../report/lead-review-leads.js';
import type { LeadReviewsAnswer } from '../report/lead-reviews.js';
import type { SessionReport } from '../report/session-report.js';
import { LEADS_EXAMPLE, REPORT_EXAMPLE, SESSION_EXAMPLE } from './review-examples.js';
import { SESSION_LIST } from './review-views.js';
import {
  LeadReviewLeadsQuery,
  LeadReviewsQuery,
  SessionQuery,
  SessionReportQuery,
  SessionsQuery,
} from './reviews.query.js';
import type { SessionAnswer, SessionItem } from './session/answer-sessions.js';

const { queue, openActions, ...SESSION_ITEM } = SESSION_EXAMPLE;

@ApiTags('lead reviews')
@Controller('lead-reviews')
export class LeadReviewsController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'What sales thinks of the leads that it received, and of those that ended',
    REPORT_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @DescribeReport('grain', 'by')
  async report(
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LeadReviewsAnswer | string> {
    return rendered(query, await this.bus.execute(new LeadReviewsQuery(query)), leadReviewsCsv, reply);
  }

  @Get('leads')
  @DescribeQuestion('The leads behind one count of the report', LEADS_EXAMPLE, 'minPosition', 'knownAt')
  @ApiQuery({ name: 'count', enum: Object.keys(COUNTS), example: 'received' })
  @DescribeReport()
  leads(@Query() query: Parameters): Promise<LeadReviewLeads> {
    return this.bus.execute(new LeadReviewLeadsQuery(query));
  }

  @Get('sessions')
  @DescribeList('Lead reviews that were held, the latest first', SESSION_LIST, SESSION_ITEM)
  sessions(@Query() query: Parameters): Promise<ListAnswer<SessionItem>> {
    return this.bus.execute(new SessionsQuery(query));
  }

  @Get('sessions/:id')
  @DescribeQuestion(
    'One lead review: what earlier ones left open, then its queue',
    { ...SESSION_EXAMPLE, asOf: AS_OF_EXAMPLE, warnings: [] },
    'minPosition',
    'knownAt',
  )
  session(@Param('id') id: Uuid, @Query() query: Parameters): Promise<OneAnswer<SessionAnswer>> {
    return this.bus.execute(new SessionQuery(id, query));
  }

  @Get('sessions/:id/report')
  @DescribeQuestion(
    'One lead review as a document, with the report of its scope',
    {
      session: { ...SESSION_ITEM, openActions, asOf: AS_OF_EXAMPLE, warnings: [] },
      progress: { intake: { queued: queue.length, reviewed: 1 }, outcome: { queued: 0, reviewed: 0 } },
      report: REPORT_EXAMPLE,
    },
    'minPosition',
    'knownAt',
  )
  @ApiQuery({ name: 'by', required: false, example: 'channel' })
  sessionReport(@Param('id') id: Uuid, @Query() query: Parameters): Promise<SessionReport> {
    return this.bus.execute(new SessionReportQuery(id, query));
  }
}
