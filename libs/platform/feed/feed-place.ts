import type { EventStore } from '#event-store/event-store.js';
import { malformed, refused } from '#kernel/errors.js';
import { isUuid, type Uuid } from '#kernel/ids.js';
import { parsePosition, positionText, START, type Position } from '#kernel/position.js';

/** The id of an event in the feed: `<ledger id>:<position>`. A position alone would mean another event in another ledger. */
export const feedId = (ledgerId: Uuid, position: Position): string => `${ledgerId}:${positionText(position)}`;

/**
 * The place that a reader names: an id of the feed, `now`, or the beginning where they name none. Throws `FEED.BAD_ID`,
 * `FEED.OTHER_LEDGER` and `FEED.AHEAD_OF_LEDGER`.
 */
export async function feedPlace(store: EventStore, named: string | undefined): Promise<Position> {
  if (named === undefined || named === '') return START;
  if (named === 'now') return store.head();
  const [ledgerId = '', text = '', ...rest] = named.split(':');
  const position = parsePosition(text);
  if (!isUuid(ledgerId) || position === null || rest.length > 0) {
    throw malformed('FEED.BAD_ID', 'a place in the feed is the id of an event in it: <ledger id>:<position>, or now');
  }
  if (ledgerId !== store.ledgerId) {
    throw refused(
      'FEED.OTHER_LEDGER',
      `that id belongs to the ledger ${ledgerId}, this is ${store.ledgerId}: begin anew, and drop events whose id is known`,
      { ledgerId: store.ledgerId },
    );
  }
  if (position > (await store.head())) {
    throw refused(
      'FEED.AHEAD_OF_LEDGER',
      `position ${text} is not in this ledger yet: was it restored from an older backup?`,
    );
  }
  return position;
}
