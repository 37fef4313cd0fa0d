/**
 * A place in one ledger: opaque, ordered (`<`, `>`), never contiguous. Only the adapter gives it a meaning.
 * A bigint, so that every store's own position fits and comparing needs no function.
 */
export type Position = bigint & { readonly __position: unique symbol };

export const positionOf = (value: bigint | number): Position => BigInt(value) as Position; // the brand only

/** As it stands on the wire: plain decimal text. */
export const positionText = (position: Position): string => position.toString();

/** Reads wire text, or null when it is not a position. */
export const parsePosition = (text: string): Position | null =>
  /^\d{1,39}$/.test(text) ? positionOf(BigInt(text)) : null;

/** Fixed width, so that positions in documents sort as text. */
export const positionKey = (position: Position): string => position.toString().padStart(39, '0');

/** Before every event. */
export const START = positionOf(0n);
