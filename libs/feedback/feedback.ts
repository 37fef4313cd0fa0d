import type { StreamEvent } from '#kernel/decider.js';
import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type {
  FeedbackAnsweredData,
  FeedbackEvent,
  FeedbackGivenData,
  FeedbackResolvedData,
} from './events/feedback-events.js';

export type RecordedFeedbackEvent = StreamEvent<FeedbackEvent>;

interface Said<Data> {
  readonly by: Actor;
  readonly occurredAt: Instant;
  readonly data: Data;
}

/** One piece of feedback; `given` is null while there is none. */
export interface FeedbackState {
  readonly leadId: RecordedFeedbackEvent['leadId'];
  readonly given: Said<FeedbackGivenData> | null;
  /** An answer acknowledges as well. */
  readonly acknowledged: Said<null> | null;
  readonly answers: readonly Said<FeedbackAnsweredData>[];
  readonly resolved: Said<FeedbackResolvedData> | null;
}

export const initialFeedback: FeedbackState = {
  leadId: null,
  given: null,
  acknowledged: null,
  answers: [],
  resolved: null,
};

/** The pure fold of a feedback's stream. An unknown event type changes nothing. */
export function evolveFeedback(state: FeedbackState, event: RecordedFeedbackEvent): FeedbackState {
  const said = { by: event.actor, occurredAt: event.occurredAt };
  switch (event.type) {
    case 'feedback.given':
      return { ...state, leadId: event.leadId, given: { ...said, data: event.data } };
    case 'feedback.acknowledged':
      return { ...state, acknowledged: state.acknowledged ?? { ...said, data: null } };
    case 'feedback.answered':
      return {
        ...state,
        acknowledged: state.acknowledged ?? { ...said, data: null },
        answers: [...state.answers, { ...said, data: event.data }],
      };
    case 'feedback.resolved':
      return { ...state, resolved: { ...said, data: event.data } };
    default:
      return state;
  }
}
