import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';

/** An event with the parts of its envelope that every fold looks at taken out once: a store makes them anew at each look. */
export interface Happening {
  readonly source: RecordedEvent;
  readonly type: string;
  /** Of a deal; '' for the events of a lead's own stream. */
  readonly stream: string;
  readonly hasLead: boolean;
  /** Whose history it belongs to: its lead's, else its own stream's. */
  readonly historyId: string;
  /** When it occurred. */
  readonly at: Instant;
  readonly position: number;
}

/** Throws `FIGURES.POSITION_TOO_LARGE` beyond 2^53, where positions are no longer exact as numbers. */
export function happeningOf(event: RecordedEvent): Happening {
  const { type, leadId } = event;
  const position = Number(event.position);
  if (!Number.isSafeInteger(position)) {
    throw new DomainError('unprocessable', 'FIGURES.POSITION_TOO_LARGE', `position ${event.position.toString()}`);
  }
  const stream = type.startsWith('lead.') ? '' : event.stream;
  const historyId = leadId ?? event.stream;
  return { source: event, type, stream, hasLead: leadId !== null, historyId, at: event.occurredAt, position };
}
