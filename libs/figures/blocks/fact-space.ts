import { ALL_METRICS } from '../contribution/fact.js';
import { EXIT } from '../contribution/response.js';
import { REVIEW_DIMENSIONS } from '../contribution/reviews.js';
import { SOURCED_BY } from '../contribution/sourcing.js';
import { DIMENSIONS } from '../history/dimensions.js';
import { SPEND_KIND } from '../history/spend-fold.js';

/** Whose facts lie in a log of blocks: the processor that writes them, and what its facts are counted and sorted by. */
export interface FactSpace {
  readonly processor: string;
  /** Every metric that can have facts, 0 to 999. */
  readonly metrics: readonly number[];
  /** Named dimensions, in the order of a tuple's values. */
  readonly dimensions: readonly string[];
  /** Names that may always be asked for though only some facts have them, beside the tuple. */
  readonly further?: readonly string[];
}

export const FIGURES_PROCESSOR = 'figures';
export const FIGURES_FACTS: FactSpace = {
  processor: FIGURES_PROCESSOR,
  metrics: ALL_METRICS,
  dimensions: DIMENSIONS,
  further: [SPEND_KIND, SOURCED_BY, EXIT, ...REVIEW_DIMENSIONS],
};
