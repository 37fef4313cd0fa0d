import { TEAMS, type Team } from '#kernel/envelope.js';
import { malformed } from '#kernel/errors.js';
import { OccurredAt, OptionalChoice, OptionalText, toInstant } from '#platform/http/request-values.js';
import { valueOf } from '../../request-values.js';
import type { AssignLeadInput } from './assign-lead.js';

export class AssignLeadRequest {
  @OptionalText(255, {
    example: 'jane.doe',
    description: "The member's handle; null leaves the lead to the team's queue, or to nobody.",
  })
  owner?: string | null;

  @OptionalChoice(TEAMS, { example: 'sales', description: 'For a queue, or an owner that the roster does not know.' })
  team?: Team | null;

  @OccurredAt()
  occurredAt?: string | null;
}

export function assignLeadInputOf(request: AssignLeadRequest): AssignLeadInput {
  if (request.owner === undefined && request.team === undefined) {
    const detail = 'name an owner (null for nobody) or a team';
    throw malformed('REQUEST.INVALID', detail, [{ pointer: '/owner', code: 'MISSING', detail }]);
  }
  return { owner: valueOf(request.owner), team: request.team ?? null, occurredAt: toInstant(request.occurredAt) };
}
