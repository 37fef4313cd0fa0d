import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import { Day, Owners } from '../campaign-fields.js';
import type { ChangeCampaignOwners } from './change-owners.js';

export class ChangeOwnersRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Owners()
  owners?: string[] | null;

  @Day({ description: 'Their first day, past or to come.', example: '2026-04-01' })
  from!: string;
}

export const toChangeOwners = (request: ChangeOwnersRequest): ChangeCampaignOwners => ({
  occurredAt: toInstant(request.occurredAt),
  owners: request.owners ?? [],
  from: request.from,
});
