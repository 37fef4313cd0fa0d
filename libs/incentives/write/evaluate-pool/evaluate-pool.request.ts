import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import type { EvaluatePool } from './evaluate-pool.js';

export class EvaluatePoolRequest {
  @ApiProperty({ example: '2026-03', description: 'A period that is over, in the grain of the plan.' })
  @Matches(/^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/)
  period!: string;

  @OccurredAt()
  occurredAt?: string | null;
}

export const evaluatePoolInputOf = (request: EvaluatePoolRequest): EvaluatePool => ({
  period: request.period,
  occurredAt: toInstant(request.occurredAt),
});
