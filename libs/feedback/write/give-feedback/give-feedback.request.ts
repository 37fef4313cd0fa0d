import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { malformed } from '#kernel/errors.js';
import { Choice, OccurredAt, OptionalChoice, OptionalText, Text, toInstant } from '#platform/http/request-values.js';
import {
  FEEDBACK_KINDS,
  PARTIES,
  type FeedbackKind,
  type FeedbackSubject,
  type Party,
} from '../../events/feedback-events.js';
import type { GiveFeedback } from './give-feedback.js';

const SUBJECTS = ['lead', 'campaign', 'process'] as const;

export class FeedbackSubjectRequest {
  @Choice(SUBJECTS, { example: 'campaign' })
  kind!: (typeof SUBJECTS)[number];

  @ApiPropertyOptional({ format: 'uuid', nullable: true, description: 'With `kind: lead`.' })
  @IsOptional()
  @IsUUID()
  lead?: string | null;

  @OptionalText(200, { example: 'spring-webinar', description: 'With `kind: campaign`: its name as touches carry it.' })
  campaign?: string | null;
}

export class GiveFeedbackRequest {
  @OptionalChoice(PARTIES, { description: "Which team it is for; default the other one than the actor's." })
  to?: Party | null;

  @ApiProperty({ type: FeedbackSubjectRequest })
  @IsDefined()
  @ValidateNested()
  @Type(() => FeedbackSubjectRequest)
  about!: FeedbackSubjectRequest;

  @Choice(FEEDBACK_KINDS, { example: 'effect' })
  kind!: FeedbackKind;

  @Text(4000, { example: 'Everybody from the webinar knew our prices already.', description: 'Stored encrypted.' })
  text!: string;

  @OccurredAt()
  occurredAt?: string | null;
}

export const giveFeedbackInputOf = (request: GiveFeedbackRequest): GiveFeedback => ({
  to: request.to ?? undefined,
  about: subjectOf(request.about),
  kind: request.kind,
  text: request.text,
  occurredAt: toInstant(request.occurredAt),
});

/** Throws `REQUEST.INVALID` unless exactly what the kind asks for is there. */
function subjectOf({ kind, lead = null, campaign = null }: FeedbackSubjectRequest): FeedbackSubject {
  if (kind === 'lead' && lead !== null && campaign === null) return { kind, lead: lead.toLowerCase() };
  if (kind === 'campaign' && campaign !== null && campaign !== '' && lead === null) return { kind, campaign };
  if (kind === 'process' && lead === null && campaign === null) return { kind };
  const detail = 'about takes kind lead with a lead, kind campaign with a campaign, or kind process with neither';
  throw malformed('REQUEST.INVALID', detail, [{ pointer: '/about', code: 'SUBJECT', detail }]);
}
