import { ATTRIBUTION_PERSONAL_FIELDS } from '#attribution/events/personal-fields.js';
import { CAMPAIGN_PERSONAL_FIELDS } from '#campaigns/events/personal-fields.js';
import { DEAL_PERSONAL_FIELDS } from '#deals/events/personal-fields.js';
import { FEEDBACK_PERSONAL_FIELDS } from '#feedback/events/personal-fields.js';
import { INCENTIVE_PERSONAL_FIELDS } from '#incentives/events/personal-fields.js';
import { LEAD_PERSONAL_FIELDS } from '#leads/events/personal-fields.js';
import type { PersonalFields } from '#privacy/personal-fields.js';
import { REVIEW_PERSONAL_FIELDS } from '#reviews/events/personal-fields.js';

/** Everything that is encrypted before a store sees it. Each context marks its own fields beside its events. */
export const EVERY_PERSONAL_FIELD: PersonalFields = {
  ...LEAD_PERSONAL_FIELDS,
  ...DEAL_PERSONAL_FIELDS,
  ...CAMPAIGN_PERSONAL_FIELDS,
  ...ATTRIBUTION_PERSONAL_FIELDS,
  ...FEEDBACK_PERSONAL_FIELDS,
  ...REVIEW_PERSONAL_FIELDS,
  ...INCENTIVE_PERSONAL_FIELDS,
};
