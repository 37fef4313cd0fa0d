import { isDeepStrictEqual } from 'node:util';
import { assertTeam, meansSomethingElse, occurredAtOf, type Asked, type Said } from '../../asked.js';
import type { CampaignState } from '../../campaign.js';
import type { CampaignDefinedData, CampaignEvent } from '../../events/campaign-events.js';

export interface DefineCampaign extends Said {
  readonly name: string;
  readonly channel: string | null;
  /** By handle, resolved by the handler. */
  readonly owners: readonly string[];
  /** A day. */
  readonly startOn: string;
}

/**
 * DefineCampaign: a new one, or one that had ended and begins again. Throws `CAMPAIGN.WRONG_TEAM`, `CAMPAIGN.MEANS_SOMETHING_ELSE` (one of this
 * name runs, defined otherwise; owners are changed by ChangeCampaignOwners).
 */
export function defineCampaign(asked: Asked<DefineCampaign>, campaign: CampaignState): CampaignEvent[] {
  assertTeam(asked.actor, 'DefineCampaign');
  const occurredAt = occurredAtOf(asked);
  const { name, channel, owners, startOn } = asked.input;
  const data: CampaignDefinedData = { name, channel, owners: [...new Set(owners)], startOn };
  const { last } = campaign;
  if (last?.type === 'campaign.defined' && isDeepStrictEqual(last.data, data)) return [];
  if (campaign.status === 'running') throw meansSomethingElse(`the campaign "${name}" is defined already, otherwise`);
  return [{ type: 'campaign.defined', occurredAt, leadId: null, pass: null, data }];
}
