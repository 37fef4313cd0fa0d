import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import type { AcknowledgeGuideline } from './acknowledge-guideline.js';

export class AcknowledgeGuidelineRequest {
  @ApiProperty({ type: Number, minimum: 1, example: 2, description: 'The version that was read.' })
  @IsInt()
  @Min(1)
  version!: number;

  @OccurredAt()
  occurredAt?: string | null;
}

export const acknowledgeGuidelineInputOf = (request: AcknowledgeGuidelineRequest): AcknowledgeGuideline => ({
  version: request.version,
  occurredAt: toInstant(request.occurredAt),
});
