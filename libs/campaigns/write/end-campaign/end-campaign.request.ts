import { OccurredAt, toInstant } from '#platform/http/request-values.js';
import { Day } from '../campaign-fields.js';
import type { EndCampaign } from './end-campaign.js';

export class EndCampaignRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Day({ description: 'The last day.', example: '2026-05-31' })
  on!: string;
}

export const toEndCampaign = (request: EndCampaignRequest): EndCampaign => ({
  occurredAt: toInstant(request.occurredAt),
  on: request.on,
});
