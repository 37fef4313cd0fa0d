import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { Roster } from '#platform/roster.js';
import type { DealOwner } from '../deal.js';

/** Who is put in charge, by handle; the roster's word on their team at that moment stands, the one given counts for others and for queues. */
export async function ownerAt(
  roster: Roster,
  { owner, team = null }: { readonly owner: string | null; readonly team?: Team | null },
  at: Instant,
): Promise<DealOwner> {
  if (owner === null) return { owner, team };
  const handle = await roster.resolve(owner);
  return { owner: handle, team: (await roster.teamAt(handle, at)) ?? team };
}
