import type { PersonalFields } from '#privacy/personal-fields.js';
import type { CampaignEvent } from './campaign-events.js';
import type { SpendEvent } from './spend-events.js';

/** What is marked as personal in the events of campaigns and spend. Every type is named, so that a new one cannot be forgotten. */
export const CAMPAIGN_PERSONAL_FIELDS = {
  'campaign.defined': [],
  'campaign.owners-changed': [],
  'campaign.ended': [],
  'spend.recorded': [],
  'spend.corrected': ['reason'],
} as const satisfies PersonalFields & Record<CampaignEvent['type'] | SpendEvent['type'], readonly string[]>;
