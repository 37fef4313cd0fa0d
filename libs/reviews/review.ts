import type { StreamEvent } from '#kernel/decider.js';
import type {
  LeadReviewOpenedData,
  ReviewActionAddedData,
  ReviewDecidedData,
  ReviewEvent,
} from './events/review-events.js';

export type RecordedReviewEvent = StreamEvent<ReviewEvent>;

export interface ReviewAction extends ReviewActionAddedData {
  /** The note that it was done with; undefined while it is open. */
  readonly done: { readonly note: string | null } | undefined;
}

/** One review session; `opened` is null while there is none. */
export interface ReviewState {
  readonly opened: LeadReviewOpenedData | null;
  readonly decisions: readonly ReviewDecidedData[];
  readonly actions: readonly ReviewAction[];
  readonly closed: boolean;
}

export const initialReview: ReviewState = { opened: null, decisions: [], actions: [], closed: false };

/** The pure fold of a session's stream. An unknown event type changes nothing. */
export function evolveReview(state: ReviewState, event: RecordedReviewEvent): ReviewState {
  switch (event.type) {
    case 'review.opened':
      return { ...state, opened: event.data };
    case 'review.decided':
      return { ...state, decisions: [...state.decisions, event.data] };
    case 'review.action-added':
      return { ...state, actions: [...state.actions, { ...event.data, done: undefined }] };
    case 'review.action-done': {
      const { actionId, note } = event.data;
      return {
        ...state,
        actions: state.actions.map((action) => (action.actionId === actionId ? { ...action, done: { note } } : action)),
      };
    }
    case 'review.closed':
      return { ...state, closed: true };
    default:
      return state;
  }
}
