import type { EventStore } from '#event-store/event-store.js';
import { followEvents } from '#event-store/follow-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Position } from '#kernel/position.js';
import { KNOWLEDGE_EVENT_TYPES, learn, nothingKnown, type Knowledge, type KnowledgeEvent } from './knowledge.js';

/** What bonuses are judged by, as of the ledger's head. */
export interface KnownRules {
  /** After reading what was appended since, or at least up to that position. The knowledge goes on changing: use it before the next await. */
  current(atLeast?: Position): Promise<{ readonly knowledge: Knowledge; readonly knownTo: number }>;
}

/** Follows the few events that knowledge is made of, in memory. */
export function followKnowledge(store: Pick<EventStore, 'readAll'>): KnownRules {
  const knowledge = nothingKnown();
  const follower = followEvents(store, KNOWLEDGE_EVENT_TYPES, (event) => {
    learn(knowledge, knowledgeEventOf(event));
  });
  const known = {
    knowledge,
    // Of the moment at which it is looked at: somebody else's reading may go on between this answer and its use.
    get knownTo() {
      return Number(follower.position);
    },
  };

  return {
    async current(atLeast) {
      if (atLeast !== undefined) await follower.underWay;
      if (atLeast === undefined || follower.position < atLeast) await follower.refresh();
      return known;
    },
  };
}

export const knowledgeEventOf = (event: RecordedEvent): KnowledgeEvent => ({
  type: event.type,
  position: Number(event.position),
  occurredAt: event.occurredAt,
  actor: event.actor,
  data: () => event.data(),
});

/** Nest injection token of `KnownRules`. */
export const KNOWN_RULES = Symbol('KnownRules');
