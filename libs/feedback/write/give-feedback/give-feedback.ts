import { isDeepStrictEqual } from 'node:util';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { feedbackEvent, occurredAtOf, otherParty, partyOf, type Asked, type Dated } from '../../asked.js';
import type { FeedbackEvent, FeedbackKind, FeedbackSubject, Party } from '../../events/feedback-events.js';
import type { FeedbackState } from '../../feedback.js';

export interface GiveFeedback extends Dated {
  /** Left out: the other team than the actor's. */
  readonly to?: Party;
  readonly about: FeedbackSubject;
  readonly kind: FeedbackKind;
  readonly text: string;
}

/**
 * GiveFeedback: from one team to the other. Throws `FEEDBACK.TEAM_REQUIRED` (400: neither team acts and none is named), `FEEDBACK.OWN_TEAM`,
 * `FEEDBACK.MEANS_SOMETHING_ELSE` (409).
 */
export function giveFeedback(asked: Asked<GiveFeedback>, feedback: FeedbackState): FeedbackEvent[] {
  const { about, kind, text } = asked.input;
  const acting = partyOf(asked.actor);
  if (acting === null && asked.actor.team !== 'system' && asked.actor.team !== 'management') {
    throw new DomainError('forbidden', 'FEEDBACK.WRONG_TEAM', 'feedback is between marketing and sales');
  }
  const to = asked.input.to ?? (acting === null ? null : otherParty(acting));
  if (to === null) {
    throw malformed('FEEDBACK.TEAM_REQUIRED', 'who acts is in neither team, so "to" must say which team it is for');
  }
  if (to === acting) throw refused('FEEDBACK.OWN_TEAM', 'feedback goes to the other team');
  const occurredAt = occurredAtOf(asked);
  const data = { from: otherParty(to), to, about, kind, text };
  if (feedback.given !== null) {
    if (isDeepStrictEqual({ ...feedback.given.data }, data)) return [];
    throw refused('FEEDBACK.MEANS_SOMETHING_ELSE', 'this feedback was given before, in other words');
  }
  // A lead's id is a UUID by the request's shape.
  const leadId = about.kind === 'lead' ? (about.lead as Uuid) : null;
  return [feedbackEvent({ leadId }, 'feedback.given', occurredAt, data)];
}
