import {
  assertTeam,
  badField,
  campaignNotFound,
  meansSomethingElse,
  occurredAtOf,
  type Asked,
  type Said,
} from '../../asked.js';
import type { CampaignState } from '../../campaign.js';
import type { CampaignEvent } from '../../events/campaign-events.js';

export interface EndCampaign extends Said {
  /** The last day. */
  readonly on: string;
}

/**
 * EndCampaign: spend may still be recorded for it, because invoices come late. Throws `CAMPAIGN.WRONG_TEAM`, `CAMPAIGN.NOT_FOUND`,
 * `CAMPAIGN.ENDS_BEFORE_START` (400), `CAMPAIGN.MEANS_SOMETHING_ELSE` (ended on another day).
 */
export function endCampaign(asked: Asked<EndCampaign>, campaign: CampaignState): CampaignEvent[] {
  assertTeam(asked.actor, 'EndCampaign');
  if (campaign.status === 'none') throw campaignNotFound('there is no such campaign');
  const occurredAt = occurredAtOf(asked);
  const { on } = asked.input;
  if (campaign.status === 'ended') {
    if (campaign.endedOn === on) return [];
    throw meansSomethingElse(`the campaign "${campaign.name}" ended on ${campaign.endedOn ?? ''}`);
  }
  if (on < campaign.startOn) {
    throw badField('CAMPAIGN.ENDS_BEFORE_START', '/on', `the campaign starts on ${campaign.startOn}`);
  }
  return [{ type: 'campaign.ended', occurredAt, leadId: null, pass: null, data: { name: campaign.name, on } }];
}
