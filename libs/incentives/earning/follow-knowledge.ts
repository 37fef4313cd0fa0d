import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { START, type Position } from '#kernel/position.js';
import { KNOWLEDGE_EVENT_TYPES, learn, nothingKnown, type Knowledge, type KnowledgeEvent } from './knowledge.js';

/** What bonuses are judged by, as of the ledger's head. */
export interface KnownRules {
  /** After reading what was appended since, or at least up to that position. The knowledge goes on changing: use it before the next await. */
  current(atLeast?: Position): Promise<{ readonly knowledge: Knowledge; readonly knownTo: number }>;
}

/** Follows the few events that knowledge is made of, in memory. */
export function followKnowledge(store: Pick<EventStore, 'readAll'>): KnownRules {
  const knowledge = nothingKnown();
  let position: Position = START;
  let reading: Promise<void> | null = null;

  async function readOn(): Promise<void> {
    for await (const page of store.readAll({ after: position, types: KNOWLEDGE_EVENT_TYPES })) {
      for (const event of page.events) learn(knowledge, knowledgeEventOf(event));
      position = page.to;
    }
  }

  return {
    async current(atLeast) {
      if (atLeast !== undefined && reading !== null) await reading;
      if (atLeast !== undefined && position >= atLeast) return { knowledge, knownTo: Number(position) };
      // A read under way may have passed the place of an event just appended: read once more behind it.
      while (reading !== null) await reading;
      reading = readOn().finally(() => (reading = null));
      await reading;
      return {
        knowledge,
        // Of the moment at which it is looked at: somebody else's reading may go on between this answer and its use.
        get knownTo() {
          return Number(position);
        },
      };
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
