import { isDeepStrictEqual } from 'node:util';
import { malformed, refused } from '#kernel/errors.js';
import { assertSales, occurredAtOf, reviewEvent, type Asked, type Dated } from '../../asked.js';
import type { QueueItem, ReviewEvent, ReviewScope } from '../../events/review-events.js';
import type { ReviewState } from '../../review.js';

export interface OpenLeadReview extends Dated {
  readonly scope: ReviewScope;
}

/** What the ledger knew when the session was opened. */
export interface FoundQueue {
  readonly asOf: string;
  readonly items: readonly QueueItem[];
}

/** A session is worked through by people in a meeting; a queue longer than this is a report. */
export const LONGEST_QUEUE = 5_000;

/**
 * OpenLeadReview: fixes the queue as the ledger knows it now. Throws `REVIEW.WRONG_TEAM`, `REVIEW.EMPTY_PERIOD` (400: it ends before it begins),
 * `REVIEW.QUEUE_TOO_LONG` (409), `REVIEW.MEANS_SOMETHING_ELSE` (409).
 */
export function openLeadReview(asked: Asked<OpenLeadReview>, review: ReviewState, found: FoundQueue): ReviewEvent[] {
  assertSales(asked.actor);
  const { scope } = asked.input;
  if (scope.to < scope.from)
    throw malformed('REVIEW.EMPTY_PERIOD', `the period ends (${scope.to}) before it begins (${scope.from})`);
  const occurredAt = occurredAtOf(asked);
  if (review.opened !== null) {
    if (isDeepStrictEqual({ ...review.opened.scope }, { ...scope })) return [];
    throw refused('REVIEW.MEANS_SOMETHING_ELSE', 'this lead review was opened for another scope');
  }
  if (found.items.length > LONGEST_QUEUE) {
    throw refused(
      'REVIEW.QUEUE_TOO_LONG',
      `${found.items.length} passes are due, at most ${LONGEST_QUEUE} fit in one review: name a shorter period, an owner or a segment`,
    );
  }
  return [reviewEvent('review.opened', occurredAt, { scope, asOf: found.asOf, queue: found.items })];
}
