import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '#kernel/envelope.js';
import { malformed } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { positionOf, START, type Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { assertAppendable, refusalOfCopy } from '../appendable.js';
import type {
  CaughtUp,
  LedgerCopy,
  Original,
  Page,
  ReadAllOptions,
  ReadOptions,
  StreamAppend,
  SubscribeOptions,
} from '../event-store.js';
import {
  connect as connectToFile,
  COPY_MARKS,
  HISTORY_MARK,
  ledgerIdOf,
  openForReading,
  openForWriting,
  settingOf,
  type Connect,
} from './connection.js';
import { newCommitSignal } from './commit-signal.js';
import { newGroupCommit } from './group-commit.js';
import { newPlacer, type Append, type Placed } from './placing.js';
import { newReader, newStreamReader, type StreamReader } from './reader.js';
import { newRecentStreams } from './recent-streams.js';

export interface SqliteEventStoreOptions {
  readonly file: string;
  readonly clock?: () => Instant;
  /** The largest size of the file: a disk that is full, for tests; also settable later with `limitSize`. */
  readonly maxBytes?: number;
  /** Opens an empty ledger, or the unfinished copy that it is, to be filled with the events of this one. */
  readonly copyOf?: Original;
  /** How connections are opened; a test of broken disks wraps them. */
  readonly connect?: Connect;
}

export interface SqliteEventStore extends LedgerCopy {
  /** Whether moments were ever brought along into this ledger (`NewEvent.recordedAt`). */
  markedAsHistory(): boolean;
  /** null lifts the limit. */
  limitSize(maxBytes: number | null): void;
}

const PAGE = 1_000;
/** A moment this young may still have a commit in flight that was stamped before it. */
const IN_FLIGHT_MS = 5_000;

/**
 * The embedded ledger. Opens or creates the file; several processes and threads may have it open at once.
 *
 * `NewEvent.recordedAt` is taken only into a ledger that holds nothing but `organisation.configured`, and from then on by this handle
 * alone, never falling and never in the future, until the first append without one (`EVENT_STORE.HISTORY_NOT_ALLOWED`).
 */
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<SqliteEventStore> {
  const { file, clock = Date.now, connect = connectToFile } = options;
  let maxBytes = options.maxBytes ?? null;
  let writing = openForWriting(file, connect);
  let fresh = true;
  const reading = openForReading(file, connect);
  const reader = newReader(reading);
  const ledgerId = ledgerIdOf(reading);
  const signal = newCommitSignal(reader);
  assertOpen();
  const limit = (): void => {
    const pageSize = Number(writing.prepare('PRAGMA page_size').get()?.['page_size']);
    writing.exec(`PRAGMA max_page_count = ${maxBytes === null ? 0xfffffffe : Math.floor(maxBytes / pageSize)}`);
  };
  const recent = newRecentStreams();
  const writer = newGroupCommit(
    () => {
      if (!fresh) writing = openForWriting(file, connect);
      fresh = false;
      limit();
      recent.forget();
      return {
        db: writing,
        placer: newPlacer(writing, clock, options.copyOf !== undefined),
        committed: (append: Append, placed: Placed) => recent.committed(append, placed),
        streams: newStreamReader(writing, (position) => reader.command(position)),
      };
    },
    () => signal.committed(),
  );
  const streamsOfReading = newStreamReader(reading, (position) => reader.command(position));
  const streams = (): StreamReader => writer.connection?.streams ?? streamsOfReading;
  let closed = false;

  /** A copy is open to nobody but its own filling, until it is whole. */
  function assertOpen(): void {
    try {
      const original = settingOf(reading, COPY_MARKS.original);
      const finished = settingOf(reading, COPY_MARKS.finished) !== null;
      const refusal = refusalOfCopy({ original, finished, isEmpty: reader.head() === 0 }, options.copyOf);
      if (refusal !== null) throw refusal;
      if (original === null && options.copyOf !== undefined) {
        writing
          .prepare('INSERT INTO ledger (name, value) VALUES (?, ?), (?, ?)')
          .run(COPY_MARKS.original, options.copyOf.ledgerId, COPY_MARKS.installation, options.copyOf.installation);
      }
    } catch (error) {
      signal.close();
      reading.close();
      writing.close();
      throw error;
    }
  }

  function* pages(
    after: number,
    to: number,
    options: Pick<ReadAllOptions, 'types' | 'lane' | 'pageSize'>,
  ): Generator<Page> {
    const { pageSize = PAGE } = options;
    for (let from = after; from < to; from += pageSize) yield reader.page(from, Math.min(to, from + pageSize), options);
  }

  async function* readAll(options: ReadAllOptions): AsyncGenerator<Page> {
    const { after = START, upTo } = options;
    const head = reader.head();
    const to = upTo === undefined || upTo > head ? head : Number(upTo);
    for (const page of pages(Number(after), to, options)) {
      yield page;
      await nextTurn();
    }
  }

  async function* subscribe(options: SubscribeOptions): AsyncGenerator<Page | CaughtUp> {
    const { after = START, signal: stop } = options;
    let at = Number(after);
    const over = (): boolean => stop.aborted || closed;
    while (!over()) {
      for (const page of pages(at, reader.head(), options)) {
        yield page;
        at = Number(page.to);
        await nextTurn();
        if (over()) return;
      }
      if (reader.head() > at) continue;
      yield { caughtUp: true, to: positionOf(at) };
      if (!over()) await signal.beyond(at, stop);
    }
  }

  async function positionAt(moment: Instant): Promise<Position> {
    // A question about this very millisecond is answered in the next.
    if (moment === clock()) await delay(2);
    const now = clock();
    if (moment >= now) throw malformed('EVENT_STORE.MOMENT_IN_FUTURE', 'a moment must lie in the past');
    if (moment >= now - IN_FLIGHT_MS) await writer.passLock();
    let from = 0;
    let to = reader.head();
    let answer = 0;
    // Moments never fall while positions grow, so the last one at or before `moment` is found by halving.
    while (from < to) {
      const middle = Math.ceil((from + to) / 2);
      const event = reader.momentAt(middle);
      if (event === null || event.recordedAt <= moment) {
        answer = event?.position ?? answer;
        from = middle;
      } else {
        to = event.position - 1;
      }
    }
    return positionOf(answer);
  }

  async function* read(stream: string, options: ReadOptions = {}) {
    for (let from = options.from ?? 0; ; from += PAGE) {
      const events = streams().read(stream, { ...options, from }, from + PAGE);
      yield* events;
      if (events.length < PAGE) return;
    }
  }

  return {
    ledgerId,
    installation: (settingOf(reading, COPY_MARKS.installation) ?? ledgerId) as Uuid, // written from a Uuid
    append: async (stream, events, { expected }) => {
      const [appended] = await writer.append([appendOf({ stream, events, expected })]);
      if (appended === undefined) throw new Error('an append was answered without an outcome');
      return appended;
    },
    appendTogether: async (appends) => {
      if (new Set(appends.map(({ stream }) => stream)).size < appends.length) {
        throw malformed('EVENT_STORE.SAME_STREAM', 'appends that go together are to different streams');
      }
      return writer.append(appends.map(appendOf));
    },
    read,
    readStream: async (stream, options = {}) => {
      const reader = streams();
      const read = (): RecordedEvent[] => reader.read(stream, options, Number.MAX_SAFE_INTEGER);
      if (options.upTo !== undefined || reader === streamsOfReading) return read();
      const { from = 0 } = options;
      if (from === 0) return recent.get(stream, reader.version(), read);
      return recent.known(stream, reader.version())?.slice(from) ?? read();
    },
    readAll,
    subscribe,
    head: async () => positionOf(reader.head()),
    positionAt,
    recordedAtOf: async (position) => reader.momentAt(Number(position))?.recordedAt ?? null,
    firstRecordedAt: async () => reader.firstMoment(),
    streamsOfLead: async (leadId) => reader.streamsOfLead(leadId),
    clockLag: async () => Math.max(0, (reader.lastStamp() ?? 0) - clock()),
    markedAsHistory: () => settingOf(reading, HISTORY_MARK) !== null,
    finishCopy: async () => {
      writing
        .prepare('INSERT OR IGNORE INTO ledger (name, value) VALUES (?, ?)')
        .run(COPY_MARKS.finished, String(clock()));
    },
    limitSize(bytes) {
      maxBytes = bytes;
      // Where the connection is being renewed, the new one takes the limit over.
      if (writing.isOpen) limit();
    },
    async close() {
      if (closed) return;
      closed = true;
      await writer.close();
      signal.close();
      await nextTurn();
      reading.close();
    },
  };
}

function appendOf({ stream, events, expected }: StreamAppend): Append {
  assertAppendable(stream, events);
  const payloads = events.map(({ data }) => (data === undefined ? 'null' : JSON.stringify(data)));
  return { stream, events, payloads, expected };
}
