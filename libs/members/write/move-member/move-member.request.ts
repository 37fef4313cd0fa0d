import { TEAMS, type Team } from '#kernel/envelope.js';
import { OccurredAt, OptionalChoice, OptionalText, toInstant } from '#platform/http/request-values.js';
import { Aliases } from '../aliases.js';
import type { MoveMember } from './move-member.js';

export class MoveMemberRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalChoice(TEAMS, { example: 'sales' })
  team?: Team | null;

  @OptionalChoice(['member', 'head'], { example: 'member' })
  role?: 'member' | 'head' | null;

  @OptionalText(200, { example: 'dustin.brinkmann', description: "The manager's handle." })
  manager?: string | null;

  @Aliases()
  aliases?: string[] | null;
}

export const toMoveMember = (request: MoveMemberRequest): MoveMember => ({
  occurredAt: toInstant(request.occurredAt),
  team: request.team ?? undefined,
  role: request.role ?? undefined,
  manager: request.manager,
  aliases: request.aliases ?? undefined,
});
