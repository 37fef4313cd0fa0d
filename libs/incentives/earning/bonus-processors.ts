import type { EventStore } from '#event-store/event-store.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { Processor } from '#subscriptions/processor.js';
import { bonusReaction } from './bonus-reaction.js';
import { bonusSweeps } from './bonus-sweeps.js';
import type { EvaluateDeps } from './evaluate-lead.js';
import { followKnowledge } from './follow-knowledge.js';

/** What earns bonuses while the ledger is projected; both judge by the same rules, which are read once. */
export function bonusProcessors(store: EventStore, organisation: OrganisationConfiguredData): readonly Processor[] {
  const deps: EvaluateDeps = { store, rules: followKnowledge(store) };
  return [bonusReaction(deps, organisation), bonusSweeps(deps)];
}
