import { ALL_METRICS } from '../contribution/fact.js';
import { DIMENSIONS } from '../history/dimensions.js';

/** Whose facts lie in a log of blocks: the processor that writes them, and what its facts are counted and sorted by. */
export interface FactSpace {
  readonly processor: string;
  /** Every metric that can have facts, 0 to 999. */
  readonly metrics: readonly number[];
  /** Named dimensions, in the order of a tuple's values. */
  readonly dimensions: readonly string[];
}

export const FIGURES_PROCESSOR = 'figures';
export const FIGURES_FACTS: FactSpace = {
  processor: FIGURES_PROCESSOR,
  metrics: ALL_METRICS,
  dimensions: DIMENSIONS,
};
