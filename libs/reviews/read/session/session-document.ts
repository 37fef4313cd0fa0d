import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import { REVIEW_EVENT_TYPES, type QueueItem, type ReviewEvent, type ReviewScope } from '../../events/review-events.js';

export interface SessionDecision {
  readonly decisionId: string;
  /** null: its key was destroyed. */
  readonly text: string | null;
  readonly by: string;
  readonly at: Instant;
}

export interface SessionAction {
  readonly actionId: string;
  readonly text: string | null;
  readonly owner: string;
  /** A day. */
  readonly due: string;
  /** null: open. */
  readonly doneAt: Instant | null;
  readonly note: string | null;
}

/** One lead review as it stands. */
export interface SessionDocument {
  readonly id: string;
  readonly revision: number;
  readonly status: 'open' | 'closed';
  readonly scope: ReviewScope;
  /** Position that the queue was made at. */
  readonly queueAsOf: string;
  readonly queue: readonly QueueItem[];
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly decisions: readonly SessionDecision[];
  readonly actions: readonly SessionAction[];
  readonly closedAt: Instant | null;
  readonly notReviewed: readonly QueueItem[] | null;
}

export const SESSION_VIEW: DocumentView<SessionDocument> = {
  view: 'session',
  types: REVIEW_EVENT_TYPES,
  idsOf: (event) => [event.stream.slice('review-'.length)],
  project: projectSession,
};

/** The session after an event of its stream. */
export function projectSession(
  session: SessionDocument | null,
  recorded: RecordedEvent,
  id: string,
): SessionDocument | null {
  const event = streamEvent<ReviewEvent>(recorded);
  const { revision, occurredAt } = event;
  if (event.type === 'review.opened') {
    return (
      session ?? {
        id,
        revision,
        status: 'open',
        scope: event.data.scope,
        queueAsOf: event.data.asOf,
        queue: event.data.queue,
        openedBy: event.actor.id,
        openedAt: occurredAt,
        decisions: [],
        actions: [],
        closedAt: null,
        notReviewed: null,
      }
    );
  }
  if (session === null) return null;
  switch (event.type) {
    case 'review.decided': {
      const decision = { ...event.data, by: event.actor.id, at: occurredAt };
      return { ...session, revision, decisions: [...session.decisions, decision] };
    }
    case 'review.action-added':
      return { ...session, revision, actions: [...session.actions, { ...event.data, doneAt: null, note: null }] };
    case 'review.action-done': {
      const { actionId, note } = event.data;
      const actions = session.actions.map((action) =>
        action.actionId === actionId ? { ...action, doneAt: occurredAt, note } : action,
      );
      return { ...session, revision, actions };
    }
    case 'review.closed':
      return { ...session, revision, status: 'closed', closedAt: occurredAt, notReviewed: event.data.notReviewed };
    default:
      return session;
  }
}
