import type { Actor, DomainEvent, RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';

/**
 * A recorded event as a fold sees it; the payload is parsed only if the fold looks at it. Types that this version does not know
 * pass through as well: `evolve` leaves the state unchanged for them.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the union of the stream
export function streamEvent<Event extends DomainEvent>(
  event: RecordedEvent,
): Event & { readonly revision: number; readonly actor: Actor } {
  return new FoldedEvent(event) as unknown as Event & FoldedEvent; // the stream's own events; which of the union, its type says
}

class FoldedEvent {
  readonly type: string;
  readonly occurredAt: Instant;
  readonly leadId: Uuid | null;
  readonly pass: number | null;
  readonly revision: number;
  readonly actor: Actor;

  constructor(private readonly recorded: RecordedEvent) {
    this.type = recorded.type;
    this.occurredAt = recorded.occurredAt;
    this.leadId = recorded.leadId;
    this.pass = recorded.pass;
    this.revision = recorded.revision;
    this.actor = recorded.actor;
  }

  get data(): unknown {
    return this.recorded.data();
  }
}
