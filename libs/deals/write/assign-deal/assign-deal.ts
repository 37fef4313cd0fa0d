import { assertStatus, assumedOf, dealEvent, occurredAtOf, type Asked, type Said } from '../../asked.js';
import { heldAt, type DealOwner, type DealState } from '../../deal.js';
import type { DealEvent } from '../../events/deal-events.js';

/** Owner null with a team is that team's queue. */
export interface AssignDeal extends Said, DealOwner {}

/** AssignDeal: on an open or won deal; nothing to do where that owner is in charge at that moment already. Throws `DEAL.*`. */
export function assignDeal(asked: Asked<AssignDeal>, deal: DealState): DealEvent[] {
  assertStatus(deal, 'AssignDeal', 'open', 'won');
  const occurredAt = occurredAtOf(asked);
  const { owner, team } = asked.input;
  const held = heldAt(deal.owners, occurredAt);
  if (held?.owner === owner && held.team === team) return [];
  return [dealEvent(deal, 'deal.assigned', occurredAt, { owner, team, ...assumedOf(asked.input) })];
}
