import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import { TEAMS, type Team } from '#kernel/envelope.js';
import { OccurredAt, Text, toInstant } from '#platform/http/request-values.js';
import type { PublishGuideline } from './publish-guideline.js';

export class PublishGuidelineRequest {
  @Text(200, { example: 'How we hand leads over' })
  title!: string;

  @Text(50_000, { example: 'Sales calls an MQL within four business hours, or says why not.' })
  text!: string;

  @ApiProperty({ enum: TEAMS, isArray: true, description: 'Whose members have it open until they acknowledge it.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(TEAMS.length)
  @IsIn(TEAMS, { each: true })
  teams!: Team[];

  @OccurredAt()
  occurredAt?: string | null;
}

export const publishGuidelineInputOf = (request: PublishGuidelineRequest): PublishGuideline => ({
  title: request.title,
  text: request.text,
  teams: request.teams,
  occurredAt: toInstant(request.occurredAt),
});
