import { isDeepStrictEqual } from 'node:util';
import { assertTeam, campaignNotFound, occurredAtOf, type Asked, type Said } from '../../asked.js';
import { ownersOn, type CampaignState } from '../../campaign.js';
import type { CampaignEvent } from '../../events/campaign-events.js';

export interface ChangeCampaignOwners extends Said {
  /** By handle, resolved by the handler; none: nobody's. */
  readonly owners: readonly string[];
  /** Their first day. */
  readonly from: string;
}

/** ChangeCampaignOwners: from a day on, past or to come, until the next change. Throws `CAMPAIGN.WRONG_TEAM`, `CAMPAIGN.NOT_FOUND`. */
export function changeOwners(asked: Asked<ChangeCampaignOwners>, campaign: CampaignState): CampaignEvent[] {
  assertTeam(asked.actor, 'ChangeCampaignOwners');
  if (campaign.status === 'none') throw campaignNotFound('there is no such campaign');
  const occurredAt = occurredAtOf(asked);
  const { from } = asked.input;
  const owners = [...new Set(asked.input.owners)];
  if (isDeepStrictEqual(ownersOn(campaign, from), owners)) return [];
  const data = { name: campaign.name, owners, from };
  return [{ type: 'campaign.owners-changed', occurredAt, leadId: null, pass: null, data }];
}
