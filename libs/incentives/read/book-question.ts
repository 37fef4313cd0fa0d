import type { Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { instantOf, positionOfQuery, type Query } from '#platform/questions/query-parameters.js';
import { asOf, pinViews, type AsOf, type ReadSide, type Warning } from '#platform/questions/read-side.js';
import { ACCOUNTS_PROCESSOR } from '../earning/account-view.js';
import { BONUS_SWEEPS } from '../earning/bonus-sweeps.js';
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
  readonly warnings: readonly Warning[];
}

/**
 * Makes an answer from the book as it is, or as it was known at `knownAt`. `moment`: what counts as now. With `minPosition` it waits until the leads are
 * judged up to there as well. Throws `QUERY.*`, and `READ_MODEL.BEHIND` (503) where that takes too long.
 */
export async function askBook<Answer extends { readonly warnings: readonly Warning[] }>(
  { side, known }: BonusSide,
  query: Query,
  answer: (book: BonusBook, moment: Instant) => Answer,
): Promise<BookHead & Answer> {
  const knownAt = instantOf(query, 'knownAt');
  const minPosition = positionOfQuery(query, 'minPosition');
  const stalled = knownAt === undefined ? await judgedUpTo(side, minPosition) : [];
  const use = (book: BonusBook, upTo: Position) => ({ upTo, made: answer(book, knownAt ?? Date.now()) });
  const { upTo, made } =
    knownAt === undefined
      ? await known.read(use)
      : await known.readAsOf(await side.eventStore.positionAt(knownAt), use);
  const { timeZone, currency } = side.organisation;
  const warnings = [...made.warnings, ...stalled];
  return { asOf: await asOf(side.eventStore, upTo, knownAt ?? null), timeZone, currency, ...made, warnings };
}

/** Where lanes stand still, the answer says so. */
async function judgedUpTo(side: ReadSide, position: Position | undefined): Promise<readonly Warning[]> {
  const reaction = await pinViews(side, ACCOUNTS_PROCESSOR, position);
  const sweeps = await pinViews(side, BONUS_SWEEPS, position);
  return [...reaction.warnings, ...sweeps.warnings];
}
