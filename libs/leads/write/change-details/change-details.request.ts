import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import { Dimensions, OccurredAt, OptionalText, toInstant } from '#platform/http/request-values.js';
import { changeOf, ExternalIdRequest, PersonRequest } from '../../request-values.js';
import type { ChangeDetailsInput } from './change-details.js';

/** Every field is optional: absent leaves it, null clears it. */
export class ChangeDetailsRequest {
  @ApiPropertyOptional({ type: PersonRequest, description: 'Only the members to change.' })
  @ValidateIf((_, value) => value !== undefined)
  @ValidateNested()
  @Type(() => PersonRequest)
  person?: PersonRequest;

  @OptionalText(300, { example: 'Analytical Engines plc' })
  company?: string | null;

  @ApiPropertyOptional({ type: [ExternalIdRequest], maxItems: 20, description: 'The whole new list.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ExternalIdRequest)
  externalIds?: ExternalIdRequest[] | null;

  @OptionalText(200, { example: 'organic_search', description: 'A correction: figures restate.' })
  channel?: string | null;

  @OptionalText(200)
  source?: string | null;

  @OptionalText(200)
  medium?: string | null;

  @OptionalText(200)
  campaign?: string | null;

  @OptionalText(200)
  content?: string | null;

  @OptionalText(200, { example: 'enterprise', description: 'Counts from occurredAt on.' })
  segment?: string | null;

  @OptionalText(100, { example: 'PT' })
  country?: string | null;

  @OptionalText(200)
  product?: string | null;

  @Dimensions({ removable: true })
  dimensions?: Record<string, string | null> | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const changeDetailsInputOf = (request: ChangeDetailsRequest): ChangeDetailsInput => ({
  person:
    request.person === undefined
      ? undefined
      : {
          email: changeOf(request.person.email?.trim() ?? request.person.email),
          firstName: changeOf(request.person.firstName),
          lastName: changeOf(request.person.lastName),
          phone: changeOf(request.person.phone),
        },
  company: changeOf(request.company),
  externalIds:
    request.externalIds === undefined
      ? undefined
      : (request.externalIds ?? []).map(({ system, id }) => ({ system, id })),
  channel: changeOf(request.channel),
  source: changeOf(request.source),
  medium: changeOf(request.medium),
  campaign: changeOf(request.campaign),
  content: changeOf(request.content),
  segment: changeOf(request.segment),
  country: changeOf(request.country),
  product: changeOf(request.product),
  dimensions: Object.fromEntries(
    Object.entries(request.dimensions ?? {}).map(([name, text]) => [name, changeOf(text) ?? null]),
  ),
  occurredAt: toInstant(request.occurredAt),
});
