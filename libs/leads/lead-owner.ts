import type { StreamEvent } from '#kernel/decider.js';
import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { LeadEvent } from './events/lead-events.js';

export interface Assignment {
  readonly owner: string | null;
  readonly team: Team | null;
  readonly occurredAt: Instant;
  /** Of the event that assigned. */
  readonly revision: number;
}

/** The assignments after an event, in order of (occurredAt, revision): a back-dated one does not displace a later one. */
export function assignedBy(assignments: readonly Assignment[], event: StreamEvent<LeadEvent>): readonly Assignment[] {
  switch (event.type) {
    case 'lead.created':
      return event.data.owner === null && event.data.ownerTeam === null
        ? assignments
        : insert(assignments, event, event.data.owner, event.data.ownerTeam);
    case 'lead.assigned':
      return insert(assignments, event, event.data.owner, event.data.team);
    case 'lead.accepted':
      return event.data.becomesOwner === null
        ? assignments
        : insert(assignments, event, event.data.becomesOwner, event.actor.team);
    case 'lead.stage-annulled':
      // An acceptance that is taken back takes the ownership along that came with it.
      return assignments.filter((one) => one.revision !== event.data.annuls);
    default:
      return assignments;
  }
}

/** The assignment in force at a moment, null before the first. */
export function assignmentAt(assignments: readonly Assignment[], at: Instant): Assignment | null {
  return assignments.findLast((one) => one.occurredAt <= at) ?? null;
}

function insert(
  assignments: readonly Assignment[],
  event: { readonly occurredAt: Instant; readonly revision: number },
  owner: string | null,
  team: Team | null,
): readonly Assignment[] {
  const after = assignments.findIndex((one) => one.occurredAt > event.occurredAt);
  const at = after === -1 ? assignments.length : after;
  return assignments.toSpliced(at, 0, { owner, team, occurredAt: event.occurredAt, revision: event.revision });
}
