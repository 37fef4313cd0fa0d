import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import {
  FEEDBACK_EVENT_TYPES,
  type FeedbackEvent,
  type FeedbackKind,
  type FeedbackSubject,
  type Party,
} from '../../events/feedback-events.js';

export type FeedbackStatus = 'open' | 'acknowledged' | 'answered' | 'resolved';

export interface FeedbackAnswer {
  readonly by: string;
  readonly at: Instant;
  /** null: its key was destroyed. */
  readonly text: string | null;
}

/** One piece of feedback as it stands. */
export interface FeedbackDocument {
  readonly id: string;
  readonly revision: number;
  readonly from: Party;
  readonly to: Party;
  readonly kind: FeedbackKind;
  readonly about: FeedbackSubject['kind'];
  readonly lead: string | null;
  readonly campaign: string | null;
  readonly text: string | null;
  readonly status: FeedbackStatus;
  readonly givenBy: string;
  readonly givenAt: Instant;
  readonly acknowledgedBy: string | null;
  /** An answer acknowledges as well. */
  readonly acknowledgedAt: Instant | null;
  readonly answers: readonly FeedbackAnswer[];
  readonly resolvedBy: string | null;
  readonly resolvedAt: Instant | null;
  readonly resolution: string | null;
}

export const FEEDBACK_VIEW: DocumentView<FeedbackDocument> = {
  view: 'feedback',
  types: FEEDBACK_EVENT_TYPES,
  idsOf: (event) => [event.stream.slice('feedback-'.length)],
  project: projectFeedback,
};

/** The feedback after an event of its stream. */
export function projectFeedback(
  feedback: FeedbackDocument | null,
  recorded: RecordedEvent,
  id: string,
): FeedbackDocument | null {
  const event = streamEvent<FeedbackEvent>(recorded);
  if (event.type === 'feedback.given') return feedback ?? given(event, id);
  if (feedback === null) return null;
  const { revision, occurredAt, actor } = event;
  const acknowledged = {
    acknowledgedBy: feedback.acknowledgedBy ?? actor.id,
    acknowledgedAt: feedback.acknowledgedAt ?? occurredAt,
  };
  switch (event.type) {
    case 'feedback.acknowledged':
      return { ...feedback, ...acknowledged, revision, status: 'acknowledged' };
    case 'feedback.answered': {
      const answers = [...feedback.answers, { by: actor.id, at: occurredAt, text: event.data.text }];
      return { ...feedback, ...acknowledged, revision, status: 'answered', answers };
    }
    case 'feedback.resolved': {
      const resolution = event.data.note;
      return { ...feedback, revision, status: 'resolved', resolvedBy: actor.id, resolvedAt: occurredAt, resolution };
    }
    default:
      return feedback;
  }
}

function given(
  event: Extract<ReturnType<typeof streamEvent<FeedbackEvent>>, { type: 'feedback.given' }>,
  id: string,
): FeedbackDocument {
  const { from, to, kind, about, text } = event.data;
  return {
    id,
    revision: event.revision,
    from,
    to,
    kind,
    about: about.kind,
    lead: about.kind === 'lead' ? about.lead : null,
    campaign: about.kind === 'campaign' ? about.campaign : null,
    text,
    status: 'open',
    givenBy: event.actor.id,
    givenAt: event.occurredAt,
    acknowledgedBy: null,
    acknowledgedAt: null,
    answers: [],
    resolvedBy: null,
    resolvedAt: null,
    resolution: null,
  };
}
