import type { RecordedEvent } from '#kernel/envelope.js';
import type { FoldContext } from './fold-context.js';
import type { Moment } from './history.js';

/** Data that may say what an import had to assume. */
export interface Assumable {
  readonly assumed?: readonly string[];
}

export const momentOf = (event: RecordedEvent, data: Assumable, context: Pick<FoldContext, 'dayOf'>): Moment => ({
  at: event.occurredAt,
  day: context.dayOf(event.occurredAt),
  position: Number(event.position),
  assumed: data.assumed?.includes('occurredAt') ?? false,
});
