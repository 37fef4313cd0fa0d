import { OccurredAt, OptionalDay, OptionalText, Text, toInstant } from '#platform/http/request-values.js';
import { Owners } from '../campaign-fields.js';
import type { DefineCampaignInput } from './define-campaign.command.js';

export class DefineCampaignRequest {
  @OccurredAt()
  occurredAt?: string | null;

  @Text(200, { example: 'spring-2026', description: 'As it stands in the `campaign` of touches and leads.' })
  name!: string;

  @OptionalText(200, { example: 'paid_search', description: 'Where its spend belongs that names no channel.' })
  channel?: string | null;

  @Owners()
  owners?: string[] | null;

  @OptionalDay({ example: '2026-03-01', description: 'First day; default today.' })
  startOn?: string | null;
}

export const toDefineCampaign = (request: DefineCampaignRequest): DefineCampaignInput => ({
  occurredAt: toInstant(request.occurredAt),
  name: request.name,
  channel: request.channel == null || request.channel.trim() === '' ? null : request.channel,
  owners: request.owners ?? [],
  startOn: request.startOn ?? undefined,
});
