import type { CommandContext } from '#event-store/command-context.js';
import type { Actor } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';

/** What every command's input may say. */
export interface Dated {
  readonly occurredAt?: Instant;
}

/** In which capacity somebody acts on bonuses. */
export type Capacity = 'finance' | 'head';

/** All that a pure decision knows besides the state. */
export interface Asked<Input> {
  readonly actor: Actor;
  /** By the key's role; without keys by the roster and the team that is claimed. */
  readonly capacities: readonly Capacity[];
  /** Whether the request came with a key: otherwise anybody could have said so. */
  readonly authenticated: boolean;
  readonly now: Instant;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf({ input, now }: Asked<Dated>): Instant {
  const at = input.occurredAt ?? now;
  assertNotInFuture(at, now);
  return at;
}

/** Throws `BONUS.ROLE` (403) unless the actor acts in one of these capacities. */
export function assertCapacity({ capacities }: Asked<unknown>, allowed: readonly Capacity[], what: string): void {
  if (capacities.some((capacity) => allowed.includes(capacity))) return;
  throw new DomainError('forbidden', 'BONUS.ROLE', `${what} is for ${allowed.join(' or ')}`);
}

export const forbidden = (code: string, detail: string): DomainError => new DomainError('forbidden', code, detail);

/** `rosterRole`: what the roster says of the actor; it counts where no key says it. */
export function actingOf(
  { actor, meta }: Pick<CommandContext, 'actor' | 'meta'>,
  rosterRole: 'member' | 'head' | null,
): Pick<Asked<unknown>, 'actor' | 'capacities' | 'authenticated'> {
  const authenticated = meta?.['key'] !== undefined;
  const isFinance = authenticated ? meta['role'] === 'finance' : actor.team === 'finance';
  const isHead = authenticated ? meta['role'] === 'head' : rosterRole === 'head' || actor.team === 'management';
  return {
    actor,
    authenticated,
    capacities: [...(isFinance ? (['finance'] as const) : []), ...(isHead ? (['head'] as const) : [])],
  };
}
