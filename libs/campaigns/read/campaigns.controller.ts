import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { AS_OF_EXAMPLE, DescribeList, DescribeQuestion } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { CampaignAnswer, CampaignItem } from './campaign/answer-campaign.js';
import { CampaignListQuery, CampaignQuery, SpendListQuery } from './campaign-queries.js';
import { CAMPAIGN_LIST, SPEND_LIST } from './campaign-views.js';
import type { SpendItem } from './spend-list/answer-spend.js';

const CAMPAIGN_EXAMPLE: CampaignItem = {
  id: '2f6a9d1c-0a5e-5a7b-8c3e-4b8d2f1a6c90',
  revision: 1,
  name: 'spring-2026',
  status: 'running',
  channel: 'paid_search',
  startOn: '2026-03-01',
  endedOn: null,
  ownerships: [{ from: '2026-03-01', owners: ['ida.moser'] }],
  owners: ['ida.moser'],
};

const SPEND_EXAMPLE: SpendItem = {
  id: '8a1f4a52-8f3e-5c57-9a44-0e0a3a3c5d11',
  account: '2f6a9d1c-0a5e-5a7b-8c3e-4b8d2f1a6c90',
  campaign: 'spring-2026',
  campaignId: '2f6a9d1c-0a5e-5a7b-8c3e-4b8d2f1a6c90',
  channel: 'paid_search',
  day: '2026-03-02',
  month: '2026-03',
  kind: 'media',
  amount: { amount: '412.50', currency: 'EUR' },
  rate: null,
  impressions: 18_200,
  clicks: 345,
  corrections: 0,
};

@ApiTags('campaigns')
@Controller()
export class CampaignQuestionsController {
  constructor(private readonly bus: QueryBus) {}

  @Get('campaigns')
  @DescribeList('Campaigns: name, channel, days, owners', CAMPAIGN_LIST, CAMPAIGN_EXAMPLE)
  list(@Query() query: Parameters): Promise<ListAnswer<CampaignItem>> {
    return this.bus.execute(new CampaignListQuery(query));
  }

  @Get('campaigns/:id')
  @DescribeQuestion(
    'One campaign as it stands, or as it was known',
    { ...CAMPAIGN_EXAMPLE, asOf: AS_OF_EXAMPLE, warnings: [] },
    'minPosition',
    'knownAt',
  )
  async one(
    @Param('id') id: Uuid,
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignAnswer> {
    const answer = await this.bus.execute(new CampaignQuery(id, query));
    reply.header('etag', `"${answer.revision}"`);
    return answer;
  }

  @Get('spend')
  @DescribeList('What was spent, by campaign, channel, kind and day, after corrections', SPEND_LIST, SPEND_EXAMPLE)
  spend(@Query() query: Parameters): Promise<ListAnswer<SpendItem>> {
    return this.bus.execute(new SpendListQuery(query));
  }
}
