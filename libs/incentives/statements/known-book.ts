import type { EventStore } from '#event-store/event-store.js';
import { START, type Position } from '#kernel/position.js';
import { BOOK_EVENT_TYPES, bookEventOf, emptyBook, type BonusBook, type BookEvent } from './bonus-book.js';
import { foldBook, takeIntoBook } from './fold-book.js';

/** The book as of a position: everything up to there is in it. */
export interface BookAt {
  readonly book: BonusBook;
  readonly upTo: Position;
}

/** The bonus book of the whole ledger. */
export interface KnownBook {
  /** As of the ledger's head, after reading what was appended since. The book goes on changing: read from it what is wanted before the next await. */
  current(): Promise<BookAt>;
  /** As it was known at a position. */
  asOf(position: Position): Promise<BookAt>;
}

/** Follows the ledger's bonus, plan, statement and member events in memory: they are few beside all others. */
export function knownBook(store: Pick<EventStore, 'readAll'>): KnownBook {
  const book = emptyBook();
  const events: BookEvent[] = [];
  let position: Position = START;
  let reading: Promise<void> | null = null;

  async function readOn(): Promise<void> {
    for await (const page of store.readAll({ after: position, types: BOOK_EVENT_TYPES })) {
      for (const recorded of page.events) {
        const event = bookEventOf(recorded);
        events.push(event);
        takeIntoBook(book, event);
        position = recorded.position;
      }
      position = page.to;
    }
  }

  async function refresh(): Promise<void> {
    // A read under way may have passed the place of an event just appended: read once more behind it.
    while (reading !== null) await reading;
    reading = readOn().finally(() => (reading = null));
    await reading;
  }

  return {
    async current() {
      await refresh();
      return { book, upTo: position };
    },
    async asOf(wanted) {
      await refresh();
      if (wanted >= position) return { book, upTo: position };
      const known = events.filter((event) => BigInt(event.position) <= wanted);
      return { book: foldBook(known), upTo: wanted };
    },
  };
}

/** Nest injection token. */
export const KNOWN_BOOK = Symbol('KnownBook');
