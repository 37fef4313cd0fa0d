import { ATTRIBUTION_PUBLIC_EVENTS } from '#attribution/events/public-events.js';
import { CAMPAIGN_PUBLIC_EVENTS } from '#campaigns/events/public-events.js';
import { CODE_LIST_PUBLIC_EVENTS } from '#codelists/events/public-events.js';
import { DEAL_PUBLIC_EVENTS } from '#deals/events/public-events.js';
import { FEEDBACK_PUBLIC_EVENTS } from '#feedback/events/public-events.js';
import { IMPORT_PUBLIC_EVENTS } from '#imports/events/public-events.js';
import { INCENTIVE_PUBLIC_EVENTS } from '#incentives/events/public-events.js';
import { LEAD_PUBLIC_EVENTS } from '#leads/events/public-events.js';
import { MEMBER_PUBLIC_EVENTS } from '#members/events/public-events.js';
import { ORGANISATION_PUBLIC_EVENTS } from '#organisation/events/public-events.js';
import { REVIEW_PUBLIC_EVENTS } from '#reviews/events/public-events.js';
import { publicContract } from '#publishing/public-contract.js';

/**
 * The public event contract: what the topic and the feed give. Each context says beside its events what is public of them; a new one
 * adds its part here (a spec walks all events of the ledger and names those that are missing).
 */
export const EVERY_PUBLIC_EVENT = publicContract(
  LEAD_PUBLIC_EVENTS,
  DEAL_PUBLIC_EVENTS,
  CAMPAIGN_PUBLIC_EVENTS,
  MEMBER_PUBLIC_EVENTS,
  ORGANISATION_PUBLIC_EVENTS,
  CODE_LIST_PUBLIC_EVENTS,
  IMPORT_PUBLIC_EVENTS,
  FEEDBACK_PUBLIC_EVENTS,
  REVIEW_PUBLIC_EVENTS,
  ATTRIBUTION_PUBLIC_EVENTS,
  INCENTIVE_PUBLIC_EVENTS,
);
