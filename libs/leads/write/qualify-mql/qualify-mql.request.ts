import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, Matches, MaxLength, ValidateBy, ValidateNested } from 'class-validator';
import { OccurredAt, Text, toInstant } from '#platform/http/request-values.js';
import type { QualifyMqlInput } from './qualify-mql.js';

export class EvidenceRequest {
  @Text(200, { example: 'visited-pricing' })
  rule!: string;

  @ApiProperty({ oneOf: [{ type: 'string', maxLength: 500 }, { type: 'number' }, { type: 'boolean' }], example: 3 })
  @ValidateBy({
    name: 'isEvidenceValue',
    validator: {
      validate: (value: unknown) => isEvidenceValue(value),
      defaultMessage: () => 'value must be a text of at most 500 characters, a number, true or false',
    },
  })
  value!: string | number | boolean;
}

export class QualifyMqlRequest {
  @ApiPropertyOptional({
    type: String,
    example: 'mql@1',
    default: 'mql@1',
    description: 'The definition with its version.',
  })
  @IsOptional()
  @MaxLength(64)
  @Matches(/^[a-z0-9-]+@[1-9]\d{0,5}$/)
  definition?: string | null;

  @ApiPropertyOptional({
    type: [EvidenceRequest],
    maxItems: 50,
    description: 'Which rules were met, and by what. Nothing personal.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => EvidenceRequest)
  evidence?: EvidenceRequest[] | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export const qualifyMqlInputOf = (request: QualifyMqlRequest): QualifyMqlInput => ({
  definition: request.definition ?? 'mql@1',
  evidence: (request.evidence ?? []).map(({ rule, value }) => ({ rule, value })),
  occurredAt: toInstant(request.occurredAt),
});

const isEvidenceValue = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= 500);
