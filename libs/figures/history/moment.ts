import type { FoldContext } from './fold-context.js';
import type { Happening } from './happening.js';
import type { Moment } from './history.js';

/** Data that may say what an import had to assume. */
export interface Assumable {
  readonly assumed?: readonly string[];
}

export const momentOf = (happening: Happening, data: Assumable, context: Pick<FoldContext, 'dayOf'>): Moment => ({
  at: happening.at,
  day: context.dayOf(happening.at),
  position: happening.position,
  assumed: data.assumed?.includes('occurredAt') ?? false,
});
