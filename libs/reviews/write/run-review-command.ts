import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import type { Position } from '#kernel/position.js';
import type { Organisation } from '#platform/organisation.js';
import { actorAt, type Roster } from '#platform/roster.js';
import type { Asked, Dated } from '../asked.js';
import { reviewStream, type QueueItem, type ReviewEvent, type ReviewScope } from '../events/review-events.js';
import { evolveReview, initialReview, type ReviewState } from '../review.js';

/** What is due in a scope, as the ledger knew it at a position. */
export type FindQueue = (scope: ReviewScope, asOf: Position) => Promise<readonly QueueItem[]>;

/** What the commands of this context need from outside. */
export interface ReviewDeps {
  readonly store: EventStore;
  readonly roster: Roster;
  readonly organisation: Organisation;
  readonly findQueue: FindQueue;
}

/** Nest injection token. */
export const REVIEW_DEPS = Symbol('ReviewDeps');

export interface ReviewCommand<Input> {
  readonly context: CommandContext;
  readonly id: string;
  readonly input: Input;
}

export async function runReviewCommand<Input extends Dated>(
  { store, roster }: Pick<ReviewDeps, 'store' | 'roster'>,
  { context, id, input }: ReviewCommand<Input>,
  decide: (asked: Asked<Input>, review: ReviewState) => readonly ReviewEvent[] | Promise<readonly ReviewEvent[]>,
): Promise<Outcome> {
  const actor = await actorAt(roster, context.actor, input.occurredAt ?? context.now);
  return runDecider<ReviewState, ReviewEvent>(store, {
    id,
    stream: reviewStream(id),
    context: { ...context, actor },
    initialState: initialReview,
    evolve: evolveReview,
    decide: (review) => decide({ actor, now: context.now, input }, review),
  });
}
