import { isCaughtUp, type EventStore } from '#event-store/event-store.js';
import type { Position } from '#kernel/position.js';
import { structuredEvent } from '#publishing/cloud-event.js';
import type { PublicContract } from '#publishing/public-contract.js';
import { feedId } from './feed-place.js';

export interface SseOptions {
  readonly store: EventStore;
  readonly contract: PublicContract;
  readonly after: Position;
  readonly types: readonly string[];
  /** Ends it. */
  readonly signal: AbortSignal;
  /** A sign of life after so long without an event (default 15 s: proxies end what is silent for longer). */
  readonly heartbeatMs?: number;
}

const PAGE = 100;
/** How long a browser waits before it comes back. */
const RETRY_MS = 2_000;

/**
 * Public events as server-sent events (WHATWG HTML, "Server-sent events"), for ever: history, then live. A page is read from the ledger
 * when the reader has taken the one before. A heartbeat carries the place that was looked at, so that a reader of rare events comes back
 * near the end.
 */
export async function* sseOf(options: SseOptions): AsyncGenerator<string, void, undefined> {
  const { store, contract, after, types, signal, heartbeatMs = 15_000 } = options;
  const iterator = store.subscribe({ after, types, signal, pageSize: PAGE })[Symbol.asyncIterator]();
  yield `retry: ${RETRY_MS}\n\n`;
  let at = after;
  try {
    let next = iterator.next();
    for (;;) {
      const read = await orQuiet(next, heartbeatMs);
      if (read === 'quiet') {
        yield `: still here\nid: ${feedId(store.ledgerId, at)}\n\n`;
        continue;
      }
      if (read.done === true || signal.aborted) return;
      const page = read.value;
      at = page.to;
      if (!isCaughtUp(page)) {
        const chunk = page.events.flatMap((event) => {
          const described = contract.of(event.type);
          if (described === undefined) return [];
          const data = JSON.stringify(structuredEvent(event, described, store.ledgerId));
          return [`id: ${feedId(store.ledgerId, event.position)}\ndata: ${data}\n\n`];
        });
        if (chunk.length > 0) yield chunk.join('');
      }
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

async function orQuiet<T>(work: Promise<T>, limitMs: number): Promise<T | 'quiet'> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<'quiet'>((resolve) => {
    timer = setTimeout(() => resolve('quiet'), limitMs);
  });
  try {
    return await Promise.race([work, quiet]);
  } finally {
    clearTimeout(timer);
  }
}
