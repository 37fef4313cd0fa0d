import type { DomainEvent } from '#kernel/envelope.js';

export const REVIEW_PHASES = ['intake', 'outcome'] as const;
export type ReviewPhase = (typeof REVIEW_PHASES)[number];

/** One thing to look at: a lead's pass, at intake or for how it ended. */
export interface QueueItem {
  readonly lead: string;
  readonly pass: number;
  readonly phase: ReviewPhase;
}

/** What a review is about: the passes of these days, of one owner, sales team or segment where one is named. */
export interface ReviewScope {
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
  readonly owner: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
}

export interface LeadReviewOpenedData {
  readonly scope: ReviewScope;
  /** The queue is what the ledger knew up to here; nothing is added to it later. */
  readonly asOf: string;
  readonly queue: readonly QueueItem[];
}

export interface ReviewDecidedData {
  readonly decisionId: string;
  /** personal */
  readonly text: string;
}

export interface ReviewActionAddedData {
  readonly actionId: string;
  /** personal */
  readonly text: string;
  /** Handle of the member who does it. */
  readonly owner: string;
  /** A day. */
  readonly due: string;
}

export interface ReviewActionDoneData {
  readonly actionId: string;
  /** personal */
  readonly note: string | null;
}

export interface LeadReviewClosedData {
  /** What was in the queue and nobody of sales reviewed. */
  readonly notReviewed: readonly QueueItem[];
}

export type ReviewEvent =
  | DomainEvent<'review.opened', LeadReviewOpenedData>
  | DomainEvent<'review.decided', ReviewDecidedData>
  | DomainEvent<'review.action-added', ReviewActionAddedData>
  | DomainEvent<'review.action-done', ReviewActionDoneData>
  | DomainEvent<'review.closed', LeadReviewClosedData>;

export const REVIEW_EVENT_TYPES = [
  'review.opened',
  'review.decided',
  'review.action-added',
  'review.action-done',
  'review.closed',
] as const satisfies readonly ReviewEvent['type'][];

export const reviewStream = (reviewId: string): string => `review-${reviewId}`;
