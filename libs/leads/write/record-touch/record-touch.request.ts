import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUrl, MaxLength } from 'class-validator';
import {
  Code,
  OccurredAt,
  OptionalChoice,
  OptionalFlag,
  OptionalNote,
  OptionalText,
  OptionalUuid,
  toInstant,
} from '#platform/http/request-values.js';
import { TOUCH_OUTCOMES, type TouchOutcome } from '../../events/lead-events.js';
import { valueOf } from '../../request-values.js';
import type { TouchInput } from '../../touch-facts.js';

export class RecordTouchRequest {
  @OptionalUuid({ description: 'The same touchId again is the same touch; default: derived from the command.' })
  touchId?: string | null;

  @OptionalText(255, { example: 'jane.doe', description: 'Handle of the member who touched; default: the actor.' })
  member?: string | null;

  @Code({ example: 'call', description: 'ad-click, email, form, webinar, event, call, meeting, demo, …' })
  kind!: string;

  @OptionalText(200, { example: 'outbound' })
  channel?: string | null;

  @OptionalText(200, { example: 'linkedin' })
  source?: string | null;

  @OptionalText(200, { example: 'social' })
  medium?: string | null;

  @OptionalText(200, { example: 'spring-2026' })
  campaign?: string | null;

  @OptionalText(200, { example: 'ebook-b' })
  content?: string | null;

  @OptionalChoice(['inbound', 'outbound'], { example: 'outbound' })
  direction?: 'inbound' | 'outbound' | null;

  @OptionalChoice(TOUCH_OUTCOMES, { example: 'connected' })
  outcome?: TouchOutcome | null;

  @OptionalFlag({ example: false, description: 'Sent by a system: it counts as no attempt.' })
  automated?: boolean | null;

  @ApiPropertyOptional({ type: String, maxLength: 2000, nullable: true, example: 'https://calls.example.com/r/4711' })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @MaxLength(2000)
  recordingUrl?: string | null;

  @OptionalNote()
  note?: string | null;

  @OccurredAt()
  occurredAt?: string | null;
}

/** Any request that holds these members: a touch also comes as one of many, with its lead. */
export const touchInputOf = (request: Pick<RecordTouchRequest, keyof RecordTouchRequest>): TouchInput => ({
  touchId: request.touchId?.toLowerCase(),
  member: valueOf(request.member) ?? undefined,
  kind: request.kind,
  channel: valueOf(request.channel),
  source: valueOf(request.source),
  medium: valueOf(request.medium),
  campaign: valueOf(request.campaign),
  content: valueOf(request.content),
  direction: request.direction ?? null,
  automated: request.automated ?? false,
  outcome: request.outcome ?? null,
  recordingUrl: valueOf(request.recordingUrl),
  note: valueOf(request.note),
  occurredAt: toInstant(request.occurredAt),
});
