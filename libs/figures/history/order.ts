import type { Instant } from '#kernel/time.js';

/** Where something stands among its like: by business time, then by position. */
export interface Ordered {
  readonly at: Instant;
  readonly position: number;
}

export const before = (a: Ordered, b: Ordered): boolean => a.at < b.at || (a.at === b.at && a.position < b.position);

/** A copy with the entry at its place by (at, position); nearly always the end. */
export function inOrder<T extends Ordered>(entries: readonly T[], entry: T): readonly T[] {
  const end = entries.at(-1);
  if (end === undefined || before(end, entry)) return [...entries, entry];
  let place = entries.length;
  for (let last = entries[place - 1]; last !== undefined && before(entry, last); last = entries[place - 1]) place--;
  return [...entries.slice(0, place), entry, ...entries.slice(place)];
}
