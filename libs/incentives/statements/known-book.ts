import type { EventStore } from '#event-store/event-store.js';
import { followEvents } from '#event-store/follow-events.js';
import type { Position } from '#kernel/position.js';
import { BOOK_EVENT_TYPES, bookEventOf, emptyBook, type BonusBook, type BookEvent } from './bonus-book.js';
import { foldBook, takeIntoBook } from './fold-book.js';

/** `events`: those that the book was made of. */
type UseOfBook<Made> = (book: BonusBook, upTo: Position, events: readonly BookEvent[]) => Made;

/**
 * The bonus book of the whole ledger. It goes on changing, so whoever asks says what to make of it, at once and without waiting: `use` gets the book
 * and the position up to which everything is in it.
 */
export interface KnownBook {
  /** As of the ledger's head, after reading what was appended since. */
  read<Made>(use: UseOfBook<Made>): Promise<Made>;
  /** As it was known at a position. */
  readAsOf<Made>(position: Position, use: UseOfBook<Made>): Promise<Made>;
}

/** Follows the ledger's bonus, plan, statement and member events in memory: they are few beside all others. */
export function knownBook(store: Pick<EventStore, 'readAll'>): KnownBook {
  const book = emptyBook();
  const events: BookEvent[] = [];
  const follower = followEvents(store, BOOK_EVENT_TYPES, (recorded) => {
    const event = bookEventOf(recorded);
    events.push(event);
    takeIntoBook(book, event);
  });

  return {
    async read(use) {
      await follower.refresh();
      return use(book, follower.position, events);
    },
    async readAsOf(wanted, use) {
      await follower.refresh();
      if (wanted >= follower.position) return use(book, follower.position, events);
      const known = events.filter((event) => BigInt(event.position) <= wanted);
      return use(foldBook(known), wanted, known);
    },
  };
}

/** Nest injection token. */
export const KNOWN_BOOK = Symbol('KnownBook');
