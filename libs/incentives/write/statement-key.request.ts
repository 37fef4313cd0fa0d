import { ApiProperty } from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';
import { OccurredAt, Text } from '#platform/http/request-values.js';
import type { StatementKey } from '../events/statement-events.js';

/** Whose part of which plan. */
export class PayeeRequest {
  @ApiProperty({ format: 'uuid', description: 'The plan.' })
  @IsUUID()
  plan!: string;

  @Text(200, { example: 'mia', description: 'Handle or alias.' })
  member!: string;

  @OccurredAt()
  occurredAt?: string | null;
}

/** Which statement. */
export class StatementKeyRequest extends PayeeRequest {
  @ApiProperty({ example: '2026-03', description: 'A month or, where the plan pays by quarters, a quarter: 2026-Q1.' })
  @Matches(/^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/)
  period!: string;
}

export const keyOf = ({ plan, member, period }: StatementKeyRequest): StatementKey => ({
  planId: plan.toLowerCase(),
  member,
  period,
});
