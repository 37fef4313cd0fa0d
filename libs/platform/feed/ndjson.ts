import type { EventStore } from '#event-store/event-store.js';
import type { Position } from '#kernel/position.js';
import { structuredEvent } from '#publishing/cloud-event.js';
import type { PublicContract } from '#publishing/public-contract.js';
import { feedId } from './feed-place.js';

export interface NdjsonOptions {
  readonly store: EventStore;
  readonly contract: PublicContract;
  readonly after: Position;
  readonly types: readonly string[];
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Public events one a line, up to `limit` of them or the end of the ledger. `feedid` of the last line is where the next call goes on. */
export async function* ndjsonOf(options: NdjsonOptions): AsyncGenerator<string, void, undefined> {
  const { store, contract, after, types, limit, signal } = options;
  let left = limit;
  for await (const { events } of store.readAll({ after, types })) {
    const lines = events.slice(0, left).flatMap((event) => {
      const described = contract.of(event.type);
      if (described === undefined) return [];
      const line = {
        feedid: feedId(store.ledgerId, event.position),
        ...structuredEvent(event, described, store.ledgerId),
      };
      return [`${JSON.stringify(line)}\n`];
    });
    left -= lines.length;
    if (lines.length > 0) yield lines.join('');
    if (left <= 0 || signal.aborted) return;
  }
}
