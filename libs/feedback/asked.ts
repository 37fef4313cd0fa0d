import type { Actor } from '#kernel/envelope.js';
import { DomainError, refused } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import { PARTIES, type FeedbackEvent, type FeedbackGivenData, type Party } from './events/feedback-events.js';
import type { FeedbackState } from './feedback.js';

/** What every command's input may say. */
export interface Dated {
  readonly occurredAt?: Instant;
}

/** All that a pure decision knows besides the state. */
export interface Asked<Input> {
  readonly actor: Actor;
  /** What the roster says of the actor; null for somebody it does not know. */
  readonly role: 'member' | 'head' | null;
  readonly now: Instant;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf({ input, now }: Asked<Dated>): Instant {
  const at = input.occurredAt ?? now;
  assertNotInFuture(at, now);
  return at;
}

export const otherParty = (party: Party): Party => (party === 'marketing' ? 'sales' : 'marketing');

export const partyOf = (actor: Actor): Party | null => PARTIES.find((party) => party === actor.team) ?? null;

/** What was given; throws `FEEDBACK.NOT_FOUND` (404). */
export function givenOf(feedback: FeedbackState): FeedbackGivenData {
  if (feedback.given === null) throw new DomainError('not-found', 'FEEDBACK.NOT_FOUND', 'there is no such feedback');
  return feedback.given.data;
}

/** Throws `FEEDBACK.WRONG_TEAM` (403) unless the actor is in the team, in the management, or acts for a system. */
export function assertParty(actor: Actor, party: Party, what: string): void {
  if (actor.team === party || actor.team === 'management' || actor.team === 'system') return;
  throw new DomainError('forbidden', 'FEEDBACK.WRONG_TEAM', `${what} is for ${party}`);
}

export const alreadyResolved = (): DomainError =>
  refused('FEEDBACK.RESOLVED', 'the feedback is resolved; give new feedback instead');

type DataOf<Type extends FeedbackEvent['type']> = Extract<FeedbackEvent, { type: Type }>['data'];

export function feedbackEvent<Type extends FeedbackEvent['type']>(
  feedback: Pick<FeedbackState, 'leadId'>,
  type: Type,
  occurredAt: Instant,
  data: DataOf<Type>,
): FeedbackEvent {
  const event = { type, occurredAt, leadId: feedback.leadId, pass: null, data };
  return event as unknown as FeedbackEvent; // `type` and `data` belong together by the signature, which the union cannot follow
}
