import type { PersonalFields } from '#privacy/personal-fields.js';
import type { ReviewEvent } from './review-events.js';

/** What is marked as personal in `review-events.ts`. Every type is named, so that a new one cannot be forgotten. */
export const REVIEW_PERSONAL_FIELDS = {
  'review.opened': [],
  'review.decided': ['text'],
  'review.action-added': ['text'],
  'review.action-done': ['note'],
  'review.closed': [],
} as const satisfies PersonalFields & Record<ReviewEvent['type'], readonly string[]>;
