import { OccurredAt, OptionalChoice, OptionalText, toInstant } from '#platform/http/request-values.js';
import { TEAMS, type Team } from '#kernel/envelope.js';
import { type AssignDeal } from './assign-deal.js';

export class AssignDealRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @OptionalText(200, { example: 'darcel.schlecht', description: "A member's handle or alias; null: nobody." })
  owner?: string | null;

  @OptionalChoice(TEAMS, { example: 'sales', description: 'Of an owner whom the roster does not know, or of a queue.' })
  team?: Team | null;
}

export const toAssignDeal = (request: AssignDealRequest): AssignDeal => ({
  occurredAt: toInstant(request.occurredAt),
  owner: request.owner ?? null,
  team: request.team ?? null,
});
