import {
  alreadyResolved,
  assertParty,
  feedbackEvent,
  givenOf,
  occurredAtOf,
  type Asked,
  type Dated,
} from '../../asked.js';
import type { FeedbackEvent } from '../../events/feedback-events.js';
import type { FeedbackState } from '../../feedback.js';

export type AcknowledgeFeedback = Dated;

/** AcknowledgeFeedback: the team that it is for has seen it. Throws `FEEDBACK.NOT_FOUND`, `FEEDBACK.WRONG_TEAM`, `FEEDBACK.RESOLVED`. */
export function acknowledgeFeedback(asked: Asked<AcknowledgeFeedback>, feedback: FeedbackState): FeedbackEvent[] {
  const { to } = givenOf(feedback);
  assertParty(asked.actor, to, 'acknowledging this feedback');
  const occurredAt = occurredAtOf(asked);
  if (feedback.acknowledged !== null) return [];
  if (feedback.resolved !== null) throw alreadyResolved();
  return [feedbackEvent(feedback, 'feedback.acknowledged', occurredAt, {})];
}
