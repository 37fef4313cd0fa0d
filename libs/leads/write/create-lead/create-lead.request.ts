import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, ValidateNested } from 'class-validator';
import { Dimensions, OccurredAt, OptionalChoice, OptionalText, toInstant } from '#platform/http/request-values.js';
import { ExternalIdRequest, PersonRequest, valueOf } from '../../request-values.js';
import { RecordTouchRequest, touchInputOf } from '../record-touch/record-touch.request.js';
import type { CreateLeadInput } from './create-lead.command.js';
import { MOST_TOUCHES } from './create-lead.js';

export class CreateLeadRequest {
  @ApiPropertyOptional({ type: PersonRequest, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => PersonRequest)
  person?: PersonRequest | null;

  @OptionalText(300, { example: 'Analytical Engines Ltd' })
  company?: string | null;

  @ApiPropertyOptional({ type: [ExternalIdRequest], maxItems: 20 })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ExternalIdRequest)
  externalIds?: ExternalIdRequest[] | null;

  @OptionalText(200, { example: 'paid_search' })
  channel?: string | null;

  @OptionalText(200, { example: 'google' })
  source?: string | null;

  @OptionalText(200, { example: 'cpc' })
  medium?: string | null;

  @OptionalText(200, { example: 'spring-2026' })
  campaign?: string | null;

  @OptionalText(200, { example: 'landing-a' })
  content?: string | null;

  @OptionalText(200, { example: 'mid-market' })
  segment?: string | null;

  @OptionalText(100, { example: 'PT' })
  country?: string | null;

  @OptionalText(200, { example: 'starter' })
  product?: string | null;

  @Dimensions()
  dimensions?: Record<string, string> | null;

  @OptionalText(255, { example: 'jane.doe', description: 'Handle of the member in charge.' })
  owner?: string | null;

  @ApiPropertyOptional({
    type: [RecordTouchRequest],
    maxItems: MOST_TOUCHES,
    description: 'What happened before and at creation, each with its own occurredAt.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_TOUCHES)
  @ValidateNested({ each: true })
  @Type(() => RecordTouchRequest)
  touches?: RecordTouchRequest[] | null;

  @OptionalChoice(['refuse', 'touch'], {
    example: 'refuse',
    description: 'When the e-mail or an external id belongs to a lead already: refuse (409), or record a touch on it.',
  })
  onDuplicate?: 'refuse' | 'touch' | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const createLeadInputOf = (request: CreateLeadRequest): CreateLeadInput => ({
  person:
    request.person === undefined || request.person === null
      ? null
      : {
          email: valueOf(request.person.email?.trim()),
          firstName: valueOf(request.person.firstName),
          lastName: valueOf(request.person.lastName),
          phone: valueOf(request.person.phone),
        },
  company: valueOf(request.company),
  externalIds: (request.externalIds ?? []).map(({ system, id }) => ({ system, id })),
  channel: valueOf(request.channel),
  source: valueOf(request.source),
  medium: valueOf(request.medium),
  campaign: valueOf(request.campaign),
  content: valueOf(request.content),
  segment: valueOf(request.segment),
  country: valueOf(request.country),
  product: valueOf(request.product),
  dimensions: Object.fromEntries(Object.entries(request.dimensions ?? {}).filter(([, text]) => text.trim() !== '')),
  owner: valueOf(request.owner),
  touches: (request.touches ?? []).map(touchInputOf),
  onDuplicate: request.onDuplicate ?? 'refuse',
  occurredAt: toInstant(request.occurredAt),
});
