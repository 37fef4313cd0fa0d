import { ApiProperty } from '@nestjs/swagger';
import { IsUUID, Matches } from 'class-validator';

export class DraftPeriodRequest {
  @ApiProperty({ format: 'uuid', description: 'The plan.' })
  @IsUUID()
  plan!: string;

  @ApiProperty({ example: '2026-03', description: 'A month or, where the plan pays by quarters, a quarter: 2026-Q1.' })
  @Matches(/^\d{4}-(Q[1-4]|0[1-9]|1[0-2])$/)
  period!: string;
}
