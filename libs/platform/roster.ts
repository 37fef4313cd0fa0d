import type { Actor, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';

/** Who was in which team when. Handles that no member has are unknown: they resolve to themselves and have neither team nor role. */
export interface Roster {
  /** An alias to its member's handle; any other text stays as it is. */
  resolve(handle: string): Promise<string>;
  /** The member's team at that moment; null when unknown, or before joining and after leaving. */
  teamAt(handle: string, at: Instant): Promise<Team | null>;
  roleAt(handle: string, at: Instant): Promise<'member' | 'head' | null>;
}

/** A roster that can list a team. */
export interface TeamRoster extends Roster {
  /** Handles of those who are in one of these teams at that moment, in order. */
  membersAt(teams: readonly Team[], at: Instant): Promise<readonly string[]>;
}

/** The actor in the team that the roster knows at that moment; the team that they claim counts only for somebody whom it does not know. */
export async function actorAt(roster: Roster, actor: Actor, at: Instant): Promise<Actor> {
  const team = await roster.teamAt(actor.id, at);
  return team === null || team === actor.team ? actor : { id: actor.id, team };
}

/** Nest injection token. */
export const ROSTER = Symbol('Roster');
