import type { Actor } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import type { Assumed } from './events/lead-events.js';

/** What every lead command's input may say. */
export interface Dated extends Assumed {
  /** Left out: now. A repeat means the same moment only where it names one. */
  readonly occurredAt?: Instant;
}

/** All that a pure decision knows besides the state: who asks, when, and for what. */
export interface Asked<Input> {
  readonly leadId: Uuid;
  readonly actor: Actor;
  readonly now: Instant;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf(asked: Asked<Dated>): Instant {
  const at = asked.input.occurredAt ?? asked.now;
  assertNotInFuture(at, asked.now);
  return at;
}

/** The mark of an import that had to assume the date, as it stands in the event. */
export const assumedOf = ({ assumed }: Assumed): Assumed =>
  assumed === undefined || assumed.length === 0 ? {} : { assumed };

/** Whether a recorded moment is the one asked for: any is, where none was named. */
export const sameMoment = (input: Dated, recorded: Instant): boolean =>
  input.occurredAt === undefined || input.occurredAt === recorded;
