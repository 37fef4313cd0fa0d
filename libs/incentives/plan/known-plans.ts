import type { EventStore } from '#event-store/event-store.js';
import { followEvents } from '#event-store/follow-events.js';
import { streamEvent } from '#event-store/stream-event.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Position } from '#kernel/position.js';
import { BONUS_PLAN_EVENT_TYPES, type BonusPlanEvent } from '../events/bonus-plan-events.js';
import { evolvePlan, initialPlan, type BonusPlanState } from './plan.js';

/** By id, in order of their first drafts. */
export type Plans = ReadonlyMap<string, BonusPlanState>;

/** All plans of the ledger. */
export interface KnownPlans {
  /** As they were known at a position (default: the head), after reading what was appended since. */
  upTo(position?: Position): Promise<Plans>;
}

/** Follows the ledger's plan events in memory: they are few beside all others. */
export function knownPlans(store: Pick<EventStore, 'readAll'>): KnownPlans {
  const events: RecordedEvent[] = [];
  const current = new Map<string, BonusPlanState>();
  const follower = followEvents(store, BONUS_PLAN_EVENT_TYPES, (event) => {
    events.push(event);
    take(current, event);
  });

  return {
    async upTo(wanted) {
      await follower.refresh();
      if (wanted === undefined || wanted >= follower.position) return new Map(current);
      return plansOf(events.filter((event) => event.position <= wanted));
    },
  };
}

/** The plans that these events tell of. */
export function plansOf(events: readonly RecordedEvent[]): Plans {
  const plans = new Map<string, BonusPlanState>();
  for (const event of events) take(plans, event);
  return plans;
}

function take(plans: Map<string, BonusPlanState>, event: RecordedEvent): void {
  const planId = event.stream.slice('bonusplan-'.length);
  const seen = Object.assign(streamEvent<BonusPlanEvent>(event), { position: Number(event.position) });
  plans.set(planId, evolvePlan(plans.get(planId) ?? initialPlan, seen));
}

/** Nest injection token. */
export const KNOWN_PLANS = Symbol('KnownPlans');
