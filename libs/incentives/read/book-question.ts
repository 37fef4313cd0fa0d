import { DomainError } from '#kernel/errors.js';
import type { Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { instantOf, positionOfQuery, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import type { BonusBook } from '../statements/bonus-book.js';
import type { KnownBook } from '../statements/known-book.js';

/** What questions on bonuses need; plain, so that a page asks without Nest. */
export interface BonusSide {
  readonly side: ReadSide;
  readonly known: KnownBook;
}

/** What stands around the answer of every question on the book. */
export interface BookHead {
  readonly asOf: AsOf;
  readonly timeZone: string;
  readonly currency: string;
}

/**
 * Makes an answer from the book as it is, or as it was known at `knownAt`. `moment`: what counts as now. Throws `QUERY.*`, and `READ_MODEL.BEHIND` (503) for a
 * `minPosition` that the ledger has not reached.
 */
export async function askBook<Answer>(
  { side, known }: BonusSide,
  query: Query,
  answer: (book: BonusBook, moment: Instant) => Answer,
): Promise<BookHead & Answer> {
  const knownAt = instantOf(query, 'knownAt');
  const minPosition = positionOfQuery(query, 'minPosition');
  const { timeZone, currency } = side.organisation;
  const use = (book: BonusBook, upTo: Position) => {
    assertReached(upTo, knownAt === undefined ? minPosition : undefined);
    return { upTo, made: answer(book, knownAt ?? Date.now()) };
  };
  const { upTo, made } =
    knownAt === undefined
      ? await known.read(use)
      : await known.readAsOf(await side.eventStore.positionAt(knownAt), use);
  return { asOf: await asOf(side.eventStore, upTo, knownAt ?? null), timeZone, currency, ...made };
}

function assertReached(upTo: Position, minPosition: Position | undefined): void {
  if (minPosition === undefined || upTo >= minPosition) return;
  throw new DomainError('unavailable', 'READ_MODEL.BEHIND', 'the ledger has not reached this position', {});
}
