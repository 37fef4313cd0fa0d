import type { PersonalFields } from '#privacy/personal-fields.js';
import type { FeedbackEvent } from './feedback-events.js';
import type { GuidelineEvent } from './guideline-events.js';

/** What is marked as personal beside the events. Every type is named, so that a new one cannot be forgotten. */
export const FEEDBACK_PERSONAL_FIELDS = {
  'feedback.given': ['text'],
  'feedback.acknowledged': [],
  'feedback.answered': ['text'],
  'feedback.resolved': ['note'],
  'guideline.published': [],
  'guideline.acknowledged': [],
} as const satisfies PersonalFields & Record<(FeedbackEvent | GuidelineEvent)['type'], readonly string[]>;
