import type { DayNumber, Instant } from '#kernel/time.js';
import { daysOf, type BonusGrain } from './bonus-period.js';
import type { BonusBook } from '../statements/bonus-book.js';

/** What a decision about a plan knows besides its stream. */
export interface PlanSight {
  /** The organisation's. */
  readonly currency: string;
  readonly today: DayNumber;
  /** The last day that no version may begin on or before: the end of the last closed period of the grain; null: nothing is closed. */
  readonly closedThrough: (grain: BonusGrain) => DayNumber | null;
  /** Whether the roster knows somebody by this handle. */
  readonly knows: (member: string) => boolean;
  /** Why a reward cannot be split by this model (`linear@1`); null: it can. */
  readonly modelFault: (model: string) => string | null;
  /** Why the pool of both teams cannot hang on this target of this metric; null: it can. */
  readonly targetFault: (metric: string, target: string) => string | null;
}

/** What the book of bonuses says of it. */
export const bookSight = (
  book: BonusBook,
  now: Instant,
): Pick<PlanSight, 'currency' | 'today' | 'closedThrough' | 'knows'> => ({
  currency: book.currency,
  today: book.calendar.dayOf(now),
  closedThrough: (grain) => {
    const last = book.closed.get(grain)?.at(-1);
    return last === undefined ? null : daysOf(last.period).to;
  },
  knows: (member) => book.members.has(member),
});
