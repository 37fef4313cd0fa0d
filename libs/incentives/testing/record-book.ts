import type { EventStore } from '#event-store/event-store.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { BookEvent } from '../statements/bonus-book.js';

const NAMESPACE = '0b8d8a5e-3c55-5b0e-8a61-6f9f0c7b1c22' as Uuid; // UUID text

/** Puts a story's events into a ledger as they are, one append each: what plans and leads lead to, without the commands. */
export async function recordBook(store: EventStore, events: readonly BookEvent[]): Promise<void> {
  for (const { eventId, type, occurredAt, stream, actor, data } of events) {
    const id = uuidv5(NAMESPACE, eventId);
    await store.append(
      stream,
      [
        {
          eventId: id,
          type,
          schemaVersion: 1,
          commandId: id,
          commandDigest: '',
          correlationId: 'story',
          causationId: null,
          actor: { id: actor, team: 'finance' },
          leadId: null,
          pass: null,
          occurredAt,
          data,
        },
      ],
      { expected: 'any' },
    );
  }
}
