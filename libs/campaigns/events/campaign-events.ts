import type { DomainEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';

export interface CampaignDefinedData {
  /** As it stands in the `campaign` of touches and leads; it names the campaign for ever. */
  readonly name: string;
  /** Where its spend belongs that names no channel of its own; null: each spend must say. */
  readonly channel: string | null;
  /** Staff handles, in the order given. */
  readonly owners: readonly string[];
  /** A day. */
  readonly startOn: string;
}

export interface CampaignOwnersChangedData {
  readonly name: string;
  readonly owners: readonly string[];
  /** The first day of these owners; may lie before the command's own day, or after it. */
  readonly from: string;
}

export interface CampaignEndedData {
  readonly name: string;
  /** The last day. */
  readonly on: string;
}

export type CampaignEvent =
  | DomainEvent<'campaign.defined', CampaignDefinedData>
  | DomainEvent<'campaign.owners-changed', CampaignOwnersChangedData>
  | DomainEvent<'campaign.ended', CampaignEndedData>;

export const CAMPAIGN_EVENT_TYPES = ['campaign.defined', 'campaign.owners-changed', 'campaign.ended'] as const;

/** One campaign a name: the id follows from it. `installation`: see the event store. */
export const campaignIdOf = (installation: Uuid, name: string): Uuid => uuidv5(installation, `campaign ${name}`);

export const campaignStream = (campaignId: string): string => `campaign-${campaignId}`;
