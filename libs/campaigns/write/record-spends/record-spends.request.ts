import { OptionalText } from '#platform/http/request-values.js';
import { channelOf } from '../spend-fields.js';
import { RecordSpendRequest, toRecordSpend } from '../record-spend/record-spend.request.js';
import type { SpendOfCampaign } from './record-spends.command.js';

/** One of many: a spend, and of which campaign. */
export class SpendOfCampaignRequest extends RecordSpendRequest {
  @OptionalText(200, { example: 'spring-2026', description: "By name; without one the spend is the channel's alone." })
  campaign?: string | null;
}

export const toSpendOfCampaign = (request: SpendOfCampaignRequest): SpendOfCampaign => ({
  campaign: channelOf(request.campaign) ?? null,
  spend: toRecordSpend(request),
});
