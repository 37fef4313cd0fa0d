import type { Actor, Team } from '#kernel/envelope.js';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';

/** What every command on a campaign may say. */
export interface Said {
  /** Left out: now. A repeat means the same moment only where it names one. */
  readonly occurredAt?: Instant;
}

/** All that a pure decision knows besides the state: who asks, when, and for what. */
export interface Asked<Input> {
  readonly actor: Actor;
  readonly now: Instant;
  readonly input: Input;
}

/** Business time of what is asked; throws `REQUEST.OCCURRED_IN_FUTURE`. */
export function occurredAtOf({ input, now }: Asked<Said>): Instant {
  const at = input.occurredAt ?? now;
  assertNotInFuture(at, now);
  return at;
}

const TEAMS: readonly Team[] = ['marketing', 'finance', 'system'];

/** Campaigns and spend are marketing's and finance's: throws `CAMPAIGN.WRONG_TEAM` (403) for others. */
export function assertTeam({ team }: Actor, command: string): void {
  if (TEAMS.includes(team)) return;
  throw new DomainError('forbidden', 'CAMPAIGN.WRONG_TEAM', `${command} is for ${TEAMS.join(', ')}, not for ${team}`);
}

/** The same command came before with another meaning (409). */
export const meansSomethingElse = (detail: string): DomainError => refused('CAMPAIGN.MEANS_SOMETHING_ELSE', detail);

export const campaignNotFound = (detail: string): DomainError =>
  new DomainError('not-found', 'CAMPAIGN.NOT_FOUND', detail);

/** One field of the body that makes no sense (400). */
export const badField = (code: string, pointer: string, detail: string): DomainError =>
  malformed(code, detail, [{ pointer, code, detail }]);
