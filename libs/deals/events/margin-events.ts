import type { DomainEvent } from '#kernel/envelope.js';

/** What of its revenue a product leaves after the cost of sale: decimal text in percent, from 0 to 100 with up to four decimals. */
export interface ProductMargin {
  /** As deals carry it. */
  readonly product: string;
  readonly margin: string;
}

/** A version of the margin table, whole: nothing of an earlier version holds beside it. */
export interface MarginsDefinedData {
  /** 1 for the first. */
  readonly version: number;
  /** First day of payments that take their cost from it. */
  readonly effectiveFrom: string;
  readonly margins: readonly ProductMargin[];
  /** Of products that are not listed, and of deals without one; null: their cost stays unknown. */
  readonly otherwise: string | null;
}

export type MarginEvent = DomainEvent<'definition.margins-defined', MarginsDefinedData>;

export const MARGINS_STREAM = 'definition-margin';
