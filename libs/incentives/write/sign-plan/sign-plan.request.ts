import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Matches, Min } from 'class-validator';
import { Choice, OccurredAt, toInstant } from '#platform/http/request-values.js';
import { SIGNATORIES, type Signatory } from '../../plan/terms.js';
import type { SignPlan } from './sign-plan.js';

export class SignPlanRequest {
  @ApiProperty({ example: 1 })
  @IsInt()
  @Min(1)
  version!: number;

  @ApiProperty({
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    description: 'SHA-256 of the content, as GET /bonuses/plans/{id} gives it.',
  })
  @Matches(/^[0-9a-f]{64}$/)
  hash!: string;

  @Choice(SIGNATORIES, { example: 'marketing' })
  as!: Signatory;

  @OccurredAt()
  occurredAt?: string | null;
}

export const signPlanInputOf = (request: SignPlanRequest): SignPlan => ({
  version: request.version,
  hash: request.hash,
  as: request.as,
  occurredAt: toInstant(request.occurredAt),
});
