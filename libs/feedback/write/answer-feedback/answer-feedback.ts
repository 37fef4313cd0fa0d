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

export interface AnswerFeedback extends Dated {
  readonly text: string;
}

/** AnswerFeedback: the team that it is for answers, as often as it likes; the first answer acknowledges. Throws `FEEDBACK.*` like AcknowledgeFeedback. */
export function answerFeedback(asked: Asked<AnswerFeedback>, feedback: FeedbackState): FeedbackEvent[] {
  const { to } = givenOf(feedback);
  assertParty(asked.actor, to, 'answering this feedback');
  const occurredAt = occurredAtOf(asked);
  const { text } = asked.input;
  const last = feedback.answers.at(-1);
  if (last?.data.text === text && last.by.id === asked.actor.id) return [];
  if (feedback.resolved !== null) throw alreadyResolved();
  return [feedbackEvent(feedback, 'feedback.answered', occurredAt, { text })];
}
