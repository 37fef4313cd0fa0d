import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Uuid } from '#kernel/ids.js';
import { AS_OF_EXAMPLE, DescribeList, DescribeQuestion } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { OneAnswer } from '#platform/questions/one.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { guidelineNameOf } from '../write/guideline-name.js';
import type { FeedbackItem } from './feedback/answer-feedback.js';
import { FeedbackListQuery, FeedbackQuery } from './feedback/feedback.query.js';
import { FEEDBACK_LIST, GUIDELINE_LIST } from './feedback-views.js';
import { OPEN_FOR, type GuidelineItem } from './guideline/answer-guidelines.js';
import { GuidelineListQuery, GuidelineQuery } from './guideline/guideline.query.js';

const FEEDBACK_EXAMPLE = {
  id: '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10',
  revision: 1,
  from: 'sales',
  to: 'marketing',
  kind: 'effect',
  about: 'campaign',
  lead: null,
  campaign: 'spring-webinar',
  text: 'Everybody from the webinar knew our prices already.',
  status: 'acknowledged',
  givenBy: 'charles',
  givenAt: '2026-03-01T09:30:00Z',
  acknowledgedBy: 'augusta',
  acknowledgedAt: '2026-03-01T11:00:00Z',
  answers: [],
  resolvedBy: null,
  resolvedAt: null,
  resolution: null,
};

const GUIDELINE_EXAMPLE = {
  id: 'handover',
  revision: 2,
  name: 'handover',
  version: 2,
  title: 'How we hand leads over',
  text: 'Sales calls an MQL within four business hours, or says why not.',
  teams: ['marketing', 'sales'],
  publishedBy: 'augusta',
  publishedAt: '2026-03-01T09:30:00Z',
  acknowledged: [{ member: 'charles', version: 2, at: '2026-03-02T08:00:00Z' }],
  open: ['darcel.schlecht'],
};

@ApiTags('feedback')
@Controller('feedback')
export class FeedbackController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeList('Feedback between the teams: what is open, and what was answered', FEEDBACK_LIST, FEEDBACK_EXAMPLE)
  list(@Query() query: Parameters): Promise<ListAnswer<FeedbackItem>> {
    return this.bus.execute(new FeedbackListQuery(query));
  }

  @Get(':id')
  @DescribeQuestion(
    'One piece of feedback as it stands, or as it was known',
    { ...FEEDBACK_EXAMPLE, asOf: AS_OF_EXAMPLE, warnings: [] },
    'minPosition',
    'knownAt',
  )
  one(@Param('id') id: Uuid, @Query() query: Parameters): Promise<OneAnswer<FeedbackItem>> {
    return this.bus.execute(new FeedbackQuery(id, query));
  }
}

@ApiTags('guidelines')
@Controller('guidelines')
export class GuidelinesController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeList('Guidelines, and who has not acknowledged them yet', GUIDELINE_LIST, GUIDELINE_EXAMPLE)
  @ApiQuery({
    name: OPEN_FOR,
    required: false,
    example: 'charles',
    description: 'Only those that this member has open.',
  })
  list(@Query() query: Parameters): Promise<ListAnswer<GuidelineItem>> {
    return this.bus.execute(new GuidelineListQuery(query));
  }

  @Get(':name')
  @DescribeQuestion(
    'One guideline as it stands, or as it was known',
    { ...GUIDELINE_EXAMPLE, asOf: AS_OF_EXAMPLE, warnings: [] },
    'minPosition',
    'knownAt',
  )
  one(@Param('name') name: string, @Query() query: Parameters): Promise<OneAnswer<GuidelineItem>> {
    return this.bus.execute(new GuidelineQuery(guidelineNameOf(name), query));
  }
}
