import { assertParty, feedbackEvent, givenOf, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import { refused } from '#kernel/errors.js';
import type { FeedbackEvent } from '../../events/feedback-events.js';
import type { FeedbackState } from '../../feedback.js';

export interface ResolveFeedback extends Dated {
  readonly note: string | null;
}

/**
 * ResolveFeedback: the team that gave it (or the head of either team) says that it is settled. Throws `FEEDBACK.NOT_FOUND`,
 * `FEEDBACK.WRONG_TEAM`, `FEEDBACK.MEANS_SOMETHING_ELSE` (resolved before, in other words).
 */
export function resolveFeedback(asked: Asked<ResolveFeedback>, feedback: FeedbackState): FeedbackEvent[] {
  const { from } = givenOf(feedback);
  if (asked.role !== 'head') assertParty(asked.actor, from, 'resolving this feedback');
  const occurredAt = occurredAtOf(asked);
  const { note } = asked.input;
  if (feedback.resolved !== null) {
    if (feedback.resolved.data.note === note) return [];
    throw refused('FEEDBACK.MEANS_SOMETHING_ELSE', 'the feedback was resolved before, in other words');
  }
  return [feedbackEvent(feedback, 'feedback.resolved', occurredAt, { note })];
}
