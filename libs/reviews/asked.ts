import type { Actor } from '#kernel/envelope.js';
import { DomainError, refused } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import type { LeadReviewOpenedData, ReviewEvent } from './events/review-events.js';
import type { ReviewState } from './review.js';

/** What every command's input may say. */
export interface Dated {
  readonly occurredAt?: Instant;
}

/** All that a pure decision knows besides the state. */
export interface Asked<Input> {
  readonly actor: Actor;
  readonly now: Instant;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf({ input, now }: Asked<Dated>): Instant {
  const at = input.occurredAt ?? now;
  assertNotInFuture(at, now);
  return at;
}

/** Sales reviews the leads that it received. Throws `REVIEW.WRONG_TEAM` (403). */
export function assertSales(actor: Actor): void {
  if (actor.team === 'sales' || actor.team === 'management' || actor.team === 'system') return;
  throw new DomainError('forbidden', 'REVIEW.WRONG_TEAM', 'a lead review is held by sales');
}

/** Both teams take part in a session. Throws `REVIEW.WRONG_TEAM` (403). */
export function assertTakesPart(actor: Actor): void {
  if (actor.team !== 'finance') return;
  throw new DomainError('forbidden', 'REVIEW.WRONG_TEAM', 'a lead review is between marketing and sales');
}

/** What was opened; throws `REVIEW.NOT_FOUND` (404). */
export function openedOf(review: ReviewState): LeadReviewOpenedData {
  if (review.opened === null) throw new DomainError('not-found', 'REVIEW.NOT_FOUND', 'there is no such lead review');
  return review.opened;
}

/** Throws `REVIEW.NOT_FOUND`, `REVIEW.CLOSED` (409). */
export function assertOpen(review: ReviewState): void {
  openedOf(review);
  if (review.closed) throw refused('REVIEW.CLOSED', 'this lead review is closed; open the next one');
}

type DataOf<Type extends ReviewEvent['type']> = Extract<ReviewEvent, { type: Type }>['data'];

export function reviewEvent<Type extends ReviewEvent['type']>(
  type: Type,
  occurredAt: Instant,
  data: DataOf<Type>,
): ReviewEvent {
  const event = { type, occurredAt, leadId: null, pass: null, data };
  return event as unknown as ReviewEvent; // `type` and `data` belong together by the signature, which the union cannot follow
}
