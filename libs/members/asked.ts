import { refused, type DomainError } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import type { MemberEvent } from './events/member-events.js';

/** What every member command's input may say. */
export interface Said {
  /** Left out: now. A repeat means the same moment only where it names one. */
  readonly occurredAt?: Instant;
}

export interface Asked<Input> {
  readonly now: Instant;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf({ input, now }: Asked<Said>): Instant {
  const at = input.occurredAt ?? now;
  assertNotInFuture(at, now);
  return at;
}

/** Whether a recorded moment is the one asked for: any is, where none was named. */
export const sameMoment = (input: Said, recorded: Instant): boolean =>
  input.occurredAt === undefined || input.occurredAt === recorded;

/** The same command came before with another meaning (409). */
export const meansSomethingElse = (detail: string): DomainError => refused('MEMBER.MEANS_SOMETHING_ELSE', detail);

/** A member's events belong to no lead. */
export const memberEvent = <Event extends MemberEvent>(event: Omit<Event, 'leadId' | 'pass'>): MemberEvent =>
  ({ ...event, leadId: null, pass: null }) as unknown as MemberEvent; // the envelope's two fields are all that was missing
