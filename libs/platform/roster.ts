import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';

/** Who was in which team when. Handles that no member has are unknown: they resolve to themselves and have neither team nor role. */
export interface Roster {
  /** An alias to its member's handle; any other text stays as it is. */
  resolve(handle: string): Promise<string>;
  /** The member's team at that moment; null when unknown, or before joining and after leaving. */
  teamAt(handle: string, at: Instant): Promise<Team | null>;
  roleAt(handle: string, at: Instant): Promise<'member' | 'head' | null>;
}

/** Nest injection token. */
export const ROSTER = Symbol('Roster');
