import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { AS_OF_EXAMPLE, DescribeList, DescribeQuestion } from '#platform/openapi/question.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { DealAnswer, DealItem } from './deal/answer-deal.js';
import { DEAL_LIST } from './deal/deal-views.js';
import { DealQuery } from './deal/deal.query.js';
import { DEAL_EXAMPLE } from './deal-examples.js';
import { DealListQuery } from './deal-list/deal-list.query.js';

@ApiTags('deals')
@Controller()
export class DealQuestionsController {
  constructor(private readonly bus: QueryBus) {}

  @Get('deals')
  @DescribeList('Deals, filtered, searched, sorted, page by page', DEAL_LIST, DEAL_EXAMPLE)
  list(@Query() query: Parameters): Promise<ListAnswer<DealItem>> {
    return this.bus.execute(new DealListQuery(query));
  }

  @Get('deals/:id')
  @DescribeQuestion(
    'One deal as it stands, or as it was known',
    { ...DEAL_EXAMPLE, asOf: AS_OF_EXAMPLE, warnings: [] },
    'minPosition',
    'knownAt',
  )
  async one(
    @Param('id') id: Uuid,
    @Query() query: Parameters,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DealAnswer> {
    const answer = await this.bus.execute(new DealQuery(id, query));
    reply.header('etag', `"${answer.revision}"`);
    return answer;
  }
}
