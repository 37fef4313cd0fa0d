import { TEAMS, type Team } from '#kernel/envelope.js';
import { Choice, OccurredAt, OptionalChoice, OptionalText, Text, toInstant } from '#platform/http/request-values.js';
import { Aliases } from '../aliases.js';
import type { JoinMember } from './join-member.js';

export class JoinMemberRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Text(200, { example: 'darcel.schlecht', description: 'A staff handle, never a name or an address.' })
  handle!: string;

  @Choice(TEAMS, { example: 'sales' })
  team!: Team;

  @OptionalChoice(['member', 'head'], { example: 'member', description: 'Default `member`.' })
  role?: 'member' | 'head' | null;

  @OptionalText(200, { example: 'dustin.brinkmann', description: "The manager's handle." })
  manager?: string | null;

  @Aliases()
  aliases?: string[] | null;
}

export const toJoinMember = (request: JoinMemberRequest): JoinMember => ({
  occurredAt: toInstant(request.occurredAt),
  handle: request.handle,
  team: request.team,
  role: request.role ?? 'member',
  manager: request.manager ?? null,
  aliases: request.aliases ?? [],
});
