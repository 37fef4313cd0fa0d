import type { StreamEvent } from '#kernel/decider.js';
import type { Money } from '#kernel/money.js';
import { fromMillionths, stepsOf, WHOLE } from '#kernel/percent.js';
import type { MarginEvent, MarginsDefinedData } from './events/margin-events.js';

/** All versions of the margin table, in order of their definition. */
export type MarginTables = readonly (MarginsDefinedData & { readonly definedAt: number; readonly definedBy: string })[];

/** The pure fold of `definition-margin`. An unknown event type changes nothing. */
export const evolveMargins = (tables: MarginTables, event: StreamEvent<MarginEvent>): MarginTables =>
  (event.type as string) === 'definition.margins-defined'
    ? [...tables, { ...event.data, definedAt: event.occurredAt, definedBy: event.actor.id }]
    : tables;

/** The version for payments of a day: of those that begin on it or before the one that begins last, of several the latest. */
export function marginTableOn<Table extends MarginsDefinedData>(tables: readonly Table[], day: string): Table | null {
  return tables.reduce<Table | null>(
    (best, one) =>
      one.effectiveFrom <= day && (best === null || one.effectiveFrom >= best.effectiveFrom) ? one : best,
    null,
  );
}

/** In percent; null: the table says nothing about the product. */
export const marginOf = ({ margins, otherwise }: MarginsDefinedData, product: string | null): string | null =>
  margins.find((one) => one.product === product)?.margin ?? otherwise;

/** What is left of 100 % beside a share, as decimal text without needless zeros: "37.5" of "62.5". Throws RangeError for text that is no percentage. */
export function restOf(percent: string): string {
  const rest = String(WHOLE - stepsOf(percent)).padStart(5, '0');
  const fraction = rest.slice(-4).replace(/0+$/, '');
  return fraction === '' ? rest.slice(0, -4) : `${rest.slice(0, -4)}.${fraction}`;
}

/**
 * Cost of sale of an amount by a margin: amount x (100 - margin) / 100, exact until it is rounded once to minor units, half to even, so that
 * many small payments do not drift. Throws RangeError for text that is no percentage.
 */
export const costByMargin = ({ minor, currency }: Money, margin: string): Money => ({
  minor: fromMillionths(BigInt(minor) * (WHOLE - stepsOf(margin))),
  currency,
});
