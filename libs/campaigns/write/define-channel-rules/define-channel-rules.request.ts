import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { OccurredAt, Text, toInstant } from '#platform/http/request-values.js';
import type { ChannelRule } from '../../events/channel-rules-events.js';
import type { DefineChannelRules } from './define-channel-rules.js';

const Patterns = (example: readonly string[]): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: [String],
      nullable: true,
      example,
      description: 'One of them fits; `*` is any text, case does not matter. Left out: whatever it is.',
    }),
    IsOptional(),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(200),
    IsString({ each: true }),
    Length(1, 200, { each: true }),
  );

export class ChannelRuleRequest {
  @Text(200, { example: 'paid_search' })
  channel!: string;

  @Patterns(['google*', 'bing*'])
  source?: string[] | null;

  @Patterns(['cp*', 'ppc'])
  medium?: string[] | null;

  @Patterns(['brand-*'])
  campaign?: string[] | null;
}

export class DefineChannelRulesRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @ApiProperty({ type: [ChannelRuleRequest], maxItems: 500, description: 'In order: the first that holds chooses.' })
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ChannelRuleRequest)
  rules!: ChannelRuleRequest[];
}

export const toDefineChannelRules = (request: DefineChannelRulesRequest): DefineChannelRules => ({
  occurredAt: toInstant(request.occurredAt),
  rules: request.rules.map(({ channel, source, medium, campaign }): ChannelRule => ({
    channel,
    ...(source == null ? {} : { source }),
    ...(medium == null ? {} : { medium }),
    ...(campaign == null ? {} : { campaign }),
  })),
});
