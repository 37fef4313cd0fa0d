import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { AS_OF_EXAMPLE, DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import type { ChannelRulesAnswer, ClassifiedAnswer } from './answer-channel-rules.js';
import { ChannelRulesQuery, ClassifyQuery } from './channel-rules.query.js';

const RULE = { channel: 'paid_search', source: ['google*', 'bing*'], medium: ['cp*', 'ppc'] };
const RULES_EXAMPLE: ChannelRulesAnswer = {
  asOf: AS_OF_EXAMPLE,
  version: 2,
  applied: null,
  versions: [{ version: 2, definedAt: '2026-03-01T09:30:00Z', rules: [RULE] }],
};
const CLASSIFIED_EXAMPLE: ClassifiedAnswer = {
  asOf: AS_OF_EXAMPLE,
  channel: 'paid_search',
  channelRule: 'channels@2',
  index: 0,
  rule: RULE,
};

const raw = (name: string, example: string): MethodDecorator =>
  ApiQuery({ name, required: false, type: String, example });

@ApiTags('definitions')
@Controller('definitions/channels')
export class ChannelRulesController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion('The rules that choose channels, in all versions', RULES_EXAMPLE, 'minPosition', 'knownAt')
  rules(@Query() query: Parameters): Promise<ChannelRulesAnswer> {
    return this.bus.execute(new ChannelRulesQuery(query));
  }

  @Get('classify')
  @DescribeQuestion(
    'Which channel these values would get, and by which rule',
    CLASSIFIED_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @raw('source', 'google')
  @raw('medium', 'cpc')
  @raw('campaign', 'spring-2026')
  @ApiQuery({ name: 'version', required: false, type: Number, description: 'Of the rules; default the last.' })
  classify(@Query() query: Parameters): Promise<ClassifiedAnswer> {
    return this.bus.execute(new ClassifyQuery(query));
  }
}
