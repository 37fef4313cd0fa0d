import { setTimeout as delay } from 'node:timers/promises';
import { isCaughtUp, type EventStore, type Page } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError, refused } from '#kernel/errors.js';
import { positionText, type Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { binaryRecord, type PublicRecord } from './cloud-event.js';
import { partitionOf } from './partition-of.js';
import type { ContractEvent, PublicContract } from './public-contract.js';
import type { Publisher, PublishingSession } from './publisher.js';
import { placeOf, type Place } from './relay-place.js';
import type { RelayStatus } from './relay-status.js';

export interface RelayOptions {
  readonly eventStore: EventStore;
  readonly publisher: Publisher;
  readonly contract: PublicContract;
  /** Ends it, after the page under way. */
  readonly signal: AbortSignal;
  /** Events looked at per page (default 2,000). */
  readonly pageSize?: number;
  /** Wait after the first error in a row, doubled with each up to 50 times it (default 200 ms). */
  readonly backOffMs?: number;
  readonly clock?: () => Instant;
  readonly log?: RelayLog;
}

export interface RelayLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
}

export interface Relay {
  /** Never throws: what cannot be known is null. */
  status(): Promise<RelayStatus>;
  /** Resolves when it was stopped; rejects with what only people can decide (a `refused` DomainError). */
  readonly done: Promise<void>;
}

/**
 * Sends every public event of the ledger to its partition, in order. The topic is the checkpoint: a page goes to all partitions and is
 * acknowledged before the next begins, each record says up to where all partitions were complete before its page, and whoever starts,
 * or starts anew after an error, reads the ends of the partitions and skips what lies there. An error costs a new session and may cost
 * records that lie there twice, with the same position; it never costs a gap. The same holds for two relays at once.
 */
export function runRelay(options: RelayOptions): Relay {
  const { eventStore, publisher, contract, signal, pageSize = 2_000, backOffMs = 200, clock = Date.now } = options;
  const log = options.log ?? { info: () => undefined, warn: () => undefined };
  let state: RelayStatus['state'] = 'starting';
  let position: Position | null = null;
  let oldestUnsent: Instant | null = null;
  let sent = 0;
  let sessions = 0;
  let failures = 0;
  let progressedAt = clock();
  let error: RelayStatus['error'] = null;

  function progressed(to: Position, isCaughtUp: boolean): void {
    position = to;
    oldestUnsent = null;
    progressedAt = clock();
    failures = 0;
    error = null;
    state = isCaughtUp ? 'caught-up' : 'relaying';
  }

  async function sendPage(session: PublishingSession, page: Page, place: Place, floor: Position): Promise<void> {
    oldestUnsent = page.events[0]?.recordedAt ?? null;
    const perPartition = recordsOf(page.events, place, floor);
    // All of them end before an error goes on: no write of one session may stand beside the next one.
    const outcomes = await Promise.allSettled(
      [...perPartition].map(async ([partition, records]) => {
        await session.send(partition, records);
        sent += records.length;
      }),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  function recordOf(event: RecordedEvent, described: ContractEvent, floor: Position): PublicRecord {
    try {
      return binaryRecord(event, described, eventStore.ledgerId, floor);
    } catch (cause) {
      throw new DomainError(
        'unavailable',
        'PUBLISHING.UNREADABLE_EVENT',
        `${event.type} ${event.eventId} at position ${positionText(event.position)}: ${messageOf(cause)}`,
      );
    }
  }

  function recordsOf(events: readonly RecordedEvent[], place: Place, floor: Position): Map<number, PublicRecord[]> {
    const perPartition = new Map<number, PublicRecord[]>();
    for (const event of events) {
      const described = contract.of(event.type);
      if (described === undefined) continue;
      const partition = partitionOf(event.leadId ?? event.stream, publisher.partitions);
      const tail = place.tails[partition];
      if (tail !== undefined && event.position <= tail.position) {
        if (event.position === tail.position) assertSame(event, tail.eventId);
        continue;
      }
      const records = perPartition.get(partition) ?? [];
      records.push(recordOf(event, described, floor));
      perPartition.set(partition, records);
    }
    return perPartition;
  }

  async function relayPages(session: PublishingSession, place: Place, stop: AbortSignal): Promise<void> {
    const pages = eventStore.subscribe({ after: place.floor, types: contract.types, pageSize, signal: stop });
    const iterator = pages[Symbol.asyncIterator]();
    let floor = place.floor;
    let next = iterator.next();
    for (;;) {
      const read = await next;
      if (read.done === true || stop.aborted) return;
      const page = read.value;
      // Read while this one is sent; an error shows when it is awaited.
      next = iterator.next();
      next.catch(() => undefined);
      if (!isCaughtUp(page)) await sendPage(session, page, place, floor);
      floor = page.to;
      progressed(floor, isCaughtUp(page));
    }
  }

  async function runSession(): Promise<void> {
    const session = await publisher.open();
    sessions += 1;
    const stopReading = new AbortController();
    const stop = AbortSignal.any([signal, stopReading.signal]);
    try {
      const place = await placeOf(session.tails, eventStore, contract.types, signal);
      position = place.floor;
      log.info({ floor: positionText(place.floor) }, 'the relay goes on from here');
      await relayPages(session, place, stop);
    } finally {
      stopReading.abort();
      await session.close();
    }
  }

  const isStopped = (): boolean => signal.aborted;
  const pause = (): Promise<void> =>
    delay(backOffMs * Math.min(50, 2 ** Math.max(0, failures - 1)), undefined, { signal }).catch(() => undefined);

  async function run(): Promise<void> {
    while (!isStopped()) {
      try {
        await runSession();
        // A store that ends its subscription by itself is being closed.
        await pause();
      } catch (caught) {
        if (isStopped()) break;
        const isRefused = caught instanceof DomainError && caught.kind === 'refused';
        error = { ...described(caught), at: clock() };
        state = isRefused ? 'refused' : 'waiting';
        log.warn({ err: caught }, isRefused ? 'the relay needs a decision' : 'the relay starts anew');
        if (isRefused) throw caught;
        failures += 1;
        await pause();
      }
    }
    state = 'stopped';
  }

  const done = run();
  done.catch(() => undefined);
  return {
    done,
    async status() {
      const head = await eventStore.head().catch(() => null);
      const lag = head === null || position === null ? null : Math.max(0, Number(head - position));
      return {
        ...{ state, position, head, lag, sent, sessions, progressedAt, error },
        lagMs: lag === 0 ? 0 : oldestUnsent === null ? null : Math.max(0, clock() - oldestUnsent),
        warnings: publisher.warnings(),
      };
    },
  };
}

/** The ledger and the topic part ways here: going on would leave a gap that nobody sees. */
function assertSame(event: RecordedEvent, eventId: string | null): void {
  if (eventId === event.eventId) return;
  throw refused(
    'PUBLISHING.LEDGER_DIFFERS',
    `at position ${positionText(event.position)} the topic holds event ${eventId ?? 'none'}, the ledger ${event.eventId}: was the ledger restored from an older backup and written to?`,
  );
}

const described = (caught: unknown): { code: string; detail: string } =>
  caught instanceof DomainError
    ? { code: caught.code, detail: caught.detail }
    : { code: 'PUBLISHING.FAILED', detail: messageOf(caught) };

const messageOf = (caught: unknown): string =>
  (caught instanceof Error ? caught.message : String(caught)).slice(0, 300);
