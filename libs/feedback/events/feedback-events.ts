import type { DomainEvent } from '#kernel/envelope.js';

/** The two teams that owe each other an answer. */
export const PARTIES = ['marketing', 'sales'] as const;
export type Party = (typeof PARTIES)[number];

export const FEEDBACK_KINDS = ['observation', 'effect', 'request'] as const;
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];

/** What the feedback is about; a lead stands in the envelope as well. */
export type FeedbackSubject =
  | { readonly kind: 'lead'; readonly lead: string }
  | { readonly kind: 'campaign'; readonly campaign: string }
  | { readonly kind: 'process' };

export interface FeedbackGivenData {
  readonly from: Party;
  readonly to: Party;
  readonly about: FeedbackSubject;
  readonly kind: FeedbackKind;
  /** personal */
  readonly text: string;
}

export interface FeedbackAnsweredData {
  /** personal */
  readonly text: string;
}

export interface FeedbackResolvedData {
  /** personal */
  readonly note: string | null;
}

export type FeedbackEvent =
  | DomainEvent<'feedback.given', FeedbackGivenData>
  | DomainEvent<'feedback.acknowledged', Readonly<Record<string, never>>>
  | DomainEvent<'feedback.answered', FeedbackAnsweredData>
  | DomainEvent<'feedback.resolved', FeedbackResolvedData>;

export const FEEDBACK_EVENT_TYPES = [
  'feedback.given',
  'feedback.acknowledged',
  'feedback.answered',
  'feedback.resolved',
] as const satisfies readonly FeedbackEvent['type'][];

export const feedbackStream = (feedbackId: string): string => `feedback-${feedbackId}`;
