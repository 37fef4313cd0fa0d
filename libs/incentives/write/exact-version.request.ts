import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Matches, Min } from 'class-validator';
import { OccurredAt } from '#platform/http/request-values.js';

/** A version by its exact content: what somebody signs or accepts. */
export class ExactVersionRequest {
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

  @OccurredAt()
  occurredAt?: string | null;
}
