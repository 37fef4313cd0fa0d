import type { PublicEvents } from '#publishing/public-event.js';
import { day, list, money, oneOf, optional, orNull, personal, rate, record, text, whole } from '#publishing/shape.js';
import type { CampaignEvent } from './campaign-events.js';
import type { ChannelRule, ChannelRulesEvent } from './channel-rules-events.js';
import { SPEND_KINDS, type SpendEvent } from './spend-events.js';

const spend = {
  spendId: text,
  campaign: orNull(text),
  campaignId: orNull(text),
  channel: orNull(text),
  day,
  kind: oneOf(SPEND_KINDS),
  amount: money,
  rate: orNull(rate),
  impressions: orNull(whole),
  clicks: orNull(whole),
};

/** What others may know of campaigns and of what they cost. */
export const CAMPAIGN_PUBLIC_EVENTS = {
  'campaign.defined': {
    version: 1,
    summary: 'There is a campaign of that name, and somebody owns it.',
    fields: { name: text, channel: orNull(text), owners: list(text), startOn: day },
  },
  'campaign.owners-changed': {
    version: 1,
    summary: 'Others own a campaign from a day on.',
    fields: { name: text, owners: list(text), from: day },
  },
  'campaign.ended': {
    version: 1,
    summary: 'A campaign has its last day.',
    fields: { name: text, on: day },
  },
  'spend.recorded': {
    version: 1,
    summary: 'Money was spent on a campaign or a channel on a day.',
    fields: spend,
  },
  'spend.corrected': {
    version: 1,
    summary: 'What is said here holds instead of all that was said of this spend before.',
    fields: { ...spend, reason: personal },
  },
  'definition.channel-rules-defined': {
    version: 1,
    summary: 'The rules that choose channels have a new version, which is given whole.',
    fields: {
      version: whole,
      rules: list(
        record<ChannelRule>({
          channel: text,
          source: optional(list(text)),
          medium: optional(list(text)),
          campaign: optional(list(text)),
        }),
      ),
    },
  },
  'definition.channel-rules-applied': {
    version: 1,
    summary: 'Figures show the past under these channel rules from now on; null: as it was recorded.',
    fields: { version: orNull(whole) },
  },
} satisfies PublicEvents<CampaignEvent | SpendEvent | ChannelRulesEvent>;
