import { setTimeout as delay } from 'node:timers/promises';
import type { Actor, NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { malformed } from '#kernel/errors.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { positionOf, START, type Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import {
  assertAppendable,
  historyNotAllowed,
  idTaken,
  refusalOfCopy,
  SETTINGS_TYPE,
  wrongRevision,
} from '../appendable.js';
import type {
  Appended,
  CaughtUp,
  ExpectedRevision,
  LaneFilter,
  LedgerCopy,
  Original,
  Page,
  ReadAllOptions,
  ReadOptions,
  SubscribeOptions,
} from '../event-store.js';
import { laneSlot } from '../lane.js';
import { connectTo, unavailable, UnknownOutcome, type Envelope, type LogRecord, type Place } from './connection.js';
import {
  CONTROL_STREAM,
  COPY_STREAM,
  isControl,
  isOwn,
  MOMENT_TYPE,
  OPENED_TYPE,
  openLedgerIndex,
} from './ledger-index.js';

export interface EventStoreDbOptions {
  /** `esdb://user:password@host:2113`, `esdb+discover://…`, or `esdb://host:2113?tls=false`. */
  readonly address: string;
  /** Where the index is kept over restarts; it is disposable. Default: in memory, read anew from the whole log at every start. */
  readonly indexFile?: string;
  readonly clock?: () => Instant;
  /** Opens an empty ledger, or the unfinished copy that it is, to be filled with the events of this one. */
  readonly copyOf?: Original;
  /** How long a call goes on trying while the server is out of reach, in ms, before it fails with `EVENT_STORE.UNAVAILABLE`. */
  readonly patienceMs?: number;
  /** `~name~` before every stream's name: a ledger of its own beside others on the same server. */
  readonly namespace?: string;
}

const PAGE = 1_000;
/** Smaller pages are cut out of larger reads. */
const LEAST_READ = 100;
/** Streams whose event ids are remembered; emptied beyond. */
const REMEMBERED_STREAMS = 10_000;
/** Events of the ledger's end that subscriptions share. */
const SHARED = 2_000;
/** How often an `any` is tried again because others were faster. */
const ATTEMPTS = 100;
/** A subscription that has been silent this long is asked whether it has missed anything. */
const DISTRUST_MS = 5_000;
/** While moments are being brought along: how often we look whether somebody else writes. */
const LOOK_MS = 500;
/** Bytes of log that an event takes, roughly. A constant of this store: whoever cuts the log into stretches relies on it. */
const BYTES_PER_EVENT = 1_024;
const COPY_BEGUN = 'copy.begun';
const COPY_FINISHED = 'copy.finished';

/**
 * A ledger on EventStoreDB. A position is the commit position of an event: a place in bytes, given by the server, the same for all
 * processes. Streams of the server ($…) and of other applications are passed over.
 *
 * Weaker than the embedded ledger in two things, both declared in the contract: an event id is known again within its stream only, and
 * moments are brought along (`NewEvent.recordedAt`) under a check that another process could slip past within half a second.
 * An append whose outcome got lost may answer `repeated: false` although an earlier attempt had written it.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<LedgerCopy> {
  const { address, indexFile, clock = Date.now, patienceMs = 5_000, namespace = '' } = options;
  if (!/^(~[a-z0-9-]+~)?$/.test(namespace))
    throw malformed('EVENT_STORE.BAD_ADDRESS', `"${namespace}" is no namespace`);
  const connection = connectTo(address, patienceMs, namespace);
  const { ledgerId, copied, index } = await opening().catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });

  const stop = new AbortController();
  const pending = new Set<Promise<unknown>>();
  /** Event ids of whole streams, as far as this process has seen them. */
  const known = new Map<string, string[]>();
  /** One after the other: appends of `any` to a stream, moments that are brought along, marks of the time. */
  const queues = new Map<string, Promise<unknown>>();
  const sleepers = new Set<() => void>();
  let seen = index.covered;
  let shared: RecordedEvent[] = [];
  /** `shared` holds every event behind this one up to `index.covered`. */
  let sharedFrom = index.covered;
  let advancing: Promise<void> | null = null;
  let following = false;
  let brought: { at: number; looked: number } | null = null;
  /** Appends without moments, each of which ends the bringing. */
  let plainAppends = 0;
  let closing: Promise<void> | null = null;

  // --- The ledger itself

  async function opening() {
    const ledgerId = await ledgerIdOf();
    const [begun, finished] = await connection.readStream(COPY_STREAM, 0, 2);
    const index = openLedgerIndex(indexFile, ledgerId);
    // The log may have come back shorter than it was.
    if (index.covered > ((await connection.last())?.position ?? 0)) index.reset();
    const copied = (begun?.data ?? null) as Original | null; // written by `beginCopy`
    return { ledgerId, copied: copied === null ? null : { ...copied, finished: finished !== undefined }, index };
  }

  /** A copy is open to nobody but its own filling, until it is whole. */
  async function beginCopy(original: Original | undefined): Promise<void> {
    if (original === undefined && copied === null) return;
    await reachEnd();
    const found = {
      original: copied?.ledgerId ?? null,
      finished: copied?.finished === true,
      isEmpty: index.lastOwn === 0,
    };
    const refusal = refusalOfCopy(found, original);
    if (refusal !== null) throw refusal;
    if (original === undefined) return;
    if (copied === null) {
      const { ledgerId, installation } = original;
      if ((await exactly(COPY_STREAM, [controlEvent(COPY_BEGUN, { ledgerId, installation })], -1)) === null)
        throw unavailable('another process has begun to copy into this ledger; try again');
    }
    brought = { at: index.greatest ?? -Infinity, looked: performance.now() };
  }

  async function ledgerIdOf(): Promise<Uuid> {
    for (;;) {
      const [opened] = await connection.readStream(CONTROL_STREAM, 0, 1);
      if (opened !== undefined) return opened.envelope?.commandId as Uuid; // written below
      // Whoever is first names it.
      await exactly(CONTROL_STREAM, [controlEvent(OPENED_TYPE)], -1);
    }
  }

  // --- Appending

  async function append(
    stream: string,
    events: readonly NewEvent[],
    { expected }: { readonly expected: ExpectedRevision },
  ): Promise<Appended> {
    assertAppendable(stream, events);
    if (/^[$~]/.test(stream) || isControl(stream))
      throw malformed('EVENT_STORE.BAD_STREAM', `${stream} is not a name for a stream of the ledger`);
    if (closing !== null) throw unavailable('the ledger is closed');
    const withMoments = events.some(({ recordedAt }) => recordedAt !== undefined);
    if (!withMoments && events.some(({ type }) => type !== SETTINGS_TYPE)) {
      brought = null;
      plainAppends++;
    }
    const appending = withMoments
      ? inTurn('history', () => appendWithMoments(stream, events, expected))
      : place(stream, events, expected);
    pending.add(appending);
    try {
      return await appending;
    } finally {
      pending.delete(appending);
    }
  }

  function place(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    return expected === 'any' || expected === 'exists'
      ? inTurn(`stream ${stream}`, () => placeAnywhere(stream, events, expected))
      : placeAt(stream, events, expected === 'no-stream' ? -1 : expected, expected);
  }

  async function placeAt(
    stream: string,
    events: readonly NewEvent[],
    revision: number,
    expected: ExpectedRevision,
  ): Promise<Appended> {
    // At the stream's exact end the server looks at no id: those before are ours to know. Whoever decided has just read them.
    let ids = revision < 0 ? [] : known.get(stream);
    if (ids === undefined || ids.length <= revision) ids = await idsOf(stream);
    if (ids.length > 0 && events.some(({ eventId }) => ids.includes(eventId))) return repetition(stream, events);
    const before = seen;
    const placed = await exactly(stream, events, revision);
    if (placed === null) {
      const there = await idsOf(stream);
      if (events.some(({ eventId }) => there.includes(eventId))) return repetition(stream, events);
      throw wrongRevision(stream, expected, there.length === 0 ? null : there.length - 1);
    }
    const repeated = placed.position <= before || known.get(stream)?.[placed.revision] === events.at(-1)?.eventId;
    if (!repeated) remember(stream, events, placed);
    return { revision: placed.revision, position: positionOf(placed.position), repeated };
  }

  /** `any` is the stream's end as we know it, again until it is: the server's own `any` forgets its ids over a restart. */
  async function placeAnywhere(
    stream: string,
    events: readonly NewEvent[],
    expected: 'any' | 'exists',
  ): Promise<Appended> {
    let ids = known.get(stream) ?? (await idsOf(stream));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (events.some(({ eventId }) => ids.includes(eventId))) return repetition(stream, events);
      if (expected === 'exists' && ids.length === 0) throw wrongRevision(stream, expected, null);
      const placed = await exactly(stream, events, ids.length - 1);
      if (placed !== null) {
        remember(stream, events, placed);
        return { revision: placed.revision, position: positionOf(placed.position), repeated: false };
      }
      ids = await idsOf(stream);
    }
    throw unavailable(`${stream} is being written to by others`);
  }

  /** Appends until it is known what became of it; null: the stream is not at this revision. */
  async function exactly(stream: string, events: readonly NewEvent[], revision: number): Promise<Place | null> {
    const giveUp = performance.now() + patienceMs;
    for (let wait = 25; ; wait = Math.min(wait * 2, 500)) {
      try {
        return await connection.append(stream, events, revision);
      } catch (error) {
        if (!(error instanceof UnknownOutcome)) throw error;
        if (performance.now() + wait > giveUp) throw unavailable(error.message);
        await delay(wait);
        const written = await connection.readStream(stream, revision + 1, events.length);
        const last = written.at(-1);
        if (last !== undefined && written.length === events.length && isSame(written, events)) return last;
      }
    }
  }

  /** All ids at consecutive revisions of the stream: it was appended before. Else they are taken. */
  async function repetition(stream: string, events: readonly NewEvent[]): Promise<Appended> {
    const records = await streamRecords(stream);
    const first = records.findIndex(({ id }) => id === events[0]?.eventId);
    const there = first < 0 ? [] : records.slice(first, first + events.length);
    const last = there.at(-1);
    if (last === undefined || !isSame(there, events)) throw idTaken(stream);
    return { revision: last.revision, position: positionOf(last.position), repeated: true };
  }

  const isSame = (records: readonly LogRecord[], events: readonly NewEvent[]): boolean =>
    records.length === events.length && records.every(({ id }, at) => id === events[at]?.eventId);

  function remember(stream: string, events: readonly NewEvent[], { revision, position }: Place): void {
    seen = Math.max(seen, position);
    const ids = revision - events.length < 0 ? [] : known.get(stream);
    if (ids?.length === revision - events.length + 1) note(stream, [...ids, ...events.map(({ eventId }) => eventId)]);
  }

  function note(stream: string, ids: string[]): string[] {
    if (known.size >= REMEMBERED_STREAMS) known.clear();
    known.set(stream, ids);
    return ids;
  }

  const idsOf = async (stream: string): Promise<string[]> =>
    note(
      stream,
      (await streamRecords(stream)).map(({ id }) => id),
    );

  /** Into an empty ledger, and on from there by this process alone; the first append without a moment ends it. */
  async function appendWithMoments(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const refusal = await refusalOfMoments(events);
    if (refusal !== null) {
      const ids = await idsOf(stream);
      if (events.some(({ eventId }) => ids.includes(eventId))) return repetition(stream, events);
      throw historyNotAllowed(refusal);
    }
    const session = brought;
    const before = plainAppends;
    const appended = await place(stream, events, expected);
    if (plainAppends > before) return appended;
    const moments = events.filter(({ type }) => type !== SETTINGS_TYPE).map(({ recordedAt = 0 }) => recordedAt);
    brought = { at: Math.max(session?.at ?? -Infinity, ...moments), looked: session?.looked ?? performance.now() };
    return appended;
  }

  async function refusalOfMoments(events: readonly NewEvent[]): Promise<string | null> {
    if (brought === null || performance.now() - brought.looked > LOOK_MS) {
      await reachEnd();
      const undisturbed = index.phase === 'empty' || (brought !== null && index.phase === 'history');
      if (!undisturbed) return 'only an empty ledger takes moments along; this one holds events of its own';
      if (brought !== null) brought.looked = performance.now();
    }
    let least = brought?.at ?? -Infinity;
    for (const { type, recordedAt } of events) {
      if (type === SETTINGS_TYPE) continue;
      if (recordedAt === undefined) return 'all events of an append bring their moment along, or none';
      if (recordedAt < least) return 'moments that are brought along must not fall';
      if (recordedAt > clock()) return 'a moment that is brought along lies in the future';
      least = recordedAt;
    }
    return null;
  }

  function inTurn<T>(queue: string, work: () => Promise<T>): Promise<T> {
    const turn = (queues.get(queue) ?? Promise.resolve()).catch(() => undefined).then(work);
    queues.set(queue, turn);
    const leave = (): void => {
      if (queues.get(queue) === turn) queues.delete(queue);
    };
    turn.then(leave, leave);
    return turn;
  }

  // --- Reading

  async function streamRecords(stream: string, from = 0): Promise<LogRecord[]> {
    const records = await connection.readStream(stream, from, Number.MAX_SAFE_INTEGER);
    seen = Math.max(seen, records.at(-1)?.position ?? 0);
    return records;
  }

  async function readStream(stream: string, { from = 0, upTo }: ReadOptions = {}): Promise<RecordedEvent[]> {
    const records = await streamRecords(stream, from);
    if (from === 0)
      note(
        stream,
        records.map(({ id }) => id),
      );
    const wanted = upTo === undefined ? records : records.filter(({ position }) => position <= upTo);
    const last = wanted.at(-1);
    if (last !== undefined) await reach(last.position);
    return wanted.filter(isOwn).map(recorded);
  }

  const recorded = (record: LogRecord): RecordedEvent => new StoredEvent(record, index.recordedAt(record));

  /** Raw records behind a place, which the index has gone through as well. */
  async function recordsAfter(after: number | null, count: number): Promise<LogRecord[]> {
    const records = await connection.readAll(after, count);
    const last = records.at(-1)?.position ?? 0;
    if (last > index.covered) {
      if ((after ?? 0) <= index.covered) take(records);
      else await reach(last);
    }
    return records;
  }

  /** The index takes in what follows it, and subscriptions learn of it. */
  function take(records: readonly LogRecord[]): void {
    const before = index.covered;
    index.absorb(records);
    const fresh = records.filter((record) => record.position > before && isOwn(record)).map(recorded);
    // A file that another process has moved on left a gap.
    if (sharedFrom > before || (shared.at(-1)?.position ?? sharedFrom) > before) sharedFrom = before;
    if (index.covered !== (records.at(-1)?.position ?? index.covered)) {
      shared = [];
      sharedFrom = index.covered;
    } else if (fresh.length > 0) {
      shared.push(...fresh);
      if (shared.length > SHARED * 2) {
        const dropped = shared.splice(0, shared.length - SHARED);
        sharedFrom = Number(dropped.at(-1)?.position ?? sharedFrom);
      }
    }
    for (const wake of [...sleepers]) wake();
  }

  /** The index goes as far as this record; the subscription brings it there if there is one, else it reads. */
  async function reach(position: number): Promise<void> {
    if (index.covered >= position) return;
    if (following) await until(() => index.covered >= position, AbortSignal.timeout(100));
    while (index.covered < position) {
      advancing ??= advance().finally(() => (advancing = null));
      await advancing;
    }
  }

  async function advance(): Promise<void> {
    const after = index.covered === 0 ? null : index.covered;
    const records = await connection.readAll(after, PAGE);
    if (records.length === 0) throw unavailable('the log ends before a place that it gave');
    take(records);
  }

  /** As far as everything that was there when it was asked. */
  async function reachEnd(): Promise<void> {
    const last = await connection.last();
    if (last !== null) await reach(last.position);
  }

  async function head(): Promise<Position> {
    await reachEnd();
    return positionOf(index.lastOwn);
  }

  async function* readAll(options: ReadAllOptions): AsyncGenerator<Page> {
    const { after = START, upTo, pageSize = PAGE } = options;
    const end = await head();
    const to = upTo === undefined || upTo > end ? end : upTo;
    yield* pages(after, to, pageSize, options);
  }

  /** Pages of (after, to]; `to` is at most the head. */
  async function* pages(after: Position, to: Position, size: number, filter: EventFilter): AsyncGenerator<Page> {
    let at = after >= to ? null : index.placeBefore(Number(after));
    for (let reached = after; reached < to;) {
      const records = await recordsAfter(at, Math.max(size, LEAST_READ));
      const last = records.at(-1);
      if (last === undefined) return;
      at = last.position;
      const events = records.filter((record) => isOwn(record) && record.position > after && record.position <= to);
      for (let from = 0; from < events.length; from += size) {
        const page = events.slice(from, from + size);
        reached = positionOf(page.at(-1)?.position ?? 0);
        yield { events: page.filter(wanted(filter)).map(recorded), to: reached };
      }
    }
  }

  async function* subscribe(options: SubscribeOptions): AsyncGenerator<Page | CaughtUp> {
    const { after = START, pageSize = PAGE, signal } = options;
    const over = (): boolean => signal.aborted || closing !== null;
    let at: Position = after;
    let end: Position | null = null;
    for (let wait = 50; !over();) {
      try {
        // What is at the end anyway, everybody has; what lies further back, is read.
        end ??= await head();
        follow();
        for await (const page of at >= sharedFrom
          ? sharedPages(at, pageSize, options)
          : pages(at, end, pageSize, options)) {
          at = page.to;
          wait = 50;
          yield page;
          if (over()) return;
        }
        end = positionOf(index.lastOwn);
      } catch {
        if (over()) return;
        await delay(wait, undefined, { signal }).catch(() => undefined);
        wait = Math.min(wait * 2, 5_000);
        continue;
      }
      if (end > at) continue;
      yield { caughtUp: true, to: at };
      await until(() => index.lastOwn > Number(at), signal);
    }
  }

  function* sharedPages(after: Position, size: number, filter: EventFilter): Generator<Page> {
    // A copy: it may be moved on while a page is being looked at.
    const events = shared.filter(({ position }) => position > after);
    for (let from = 0; from < events.length; from += size) {
      const page = events.slice(from, from + size);
      yield { events: page.filter(wanted(filter)), to: page.at(-1)?.position ?? after };
    }
  }

  /** One subscription of the whole log for everybody here, from the first who asks for it until the store closes. */
  function follow(): void {
    if (following || closing !== null) return;
    following = true;
    void (async () => {
      for (let wait = 50; !stop.signal.aborted; wait = Math.min(wait * 2, 5_000)) {
        try {
          const after = index.covered === 0 ? null : index.covered;
          for await (const records of connection.follow(after, stop.signal)) {
            take(records);
            wait = 50;
          }
        } catch {
          // Again, from where the index is.
        }
        await delay(wait, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    })();
    const distrust = setInterval(() => {
      if (sleepers.size > 0) void reachEnd().catch(() => undefined);
    }, DISTRUST_MS);
    distrust.unref();
    stop.signal.addEventListener('abort', () => clearInterval(distrust));
  }

  /** Until it holds of the index, or the signal aborts, or the store closes. */
  function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        sleepers.delete(wake);
        signal.removeEventListener('abort', done);
        stop.signal.removeEventListener('abort', done);
        resolve();
      };
      const wake = (): void => {
        if (holds()) done();
      };
      sleepers.add(wake);
      signal.addEventListener('abort', done);
      stop.signal.addEventListener('abort', done);
      if (signal.aborted || stop.signal.aborted) done();
      else wake();
    });
  }

  // --- Moments

  async function positionAt(moment: Instant): Promise<Position> {
    // A question about this very millisecond is answered in the next.
    if (moment === clock()) await delay(2);
    if (moment >= clock()) throw malformed('EVENT_STORE.MOMENT_IN_FUTURE', 'a moment must lie in the past');
    await reachEnd();
    if ((index.greatest ?? 0) <= moment) await inTurn('moment', () => mark(moment));
    return positionOf(index.positionAt(moment));
  }

  /** Puts an event of a later moment into the log: whatever is recorded behind it is recorded after `moment`. */
  async function mark(moment: Instant): Promise<void> {
    const giveUp = performance.now() + patienceMs;
    while ((index.greatest ?? 0) <= moment) {
      const { length } = await streamRecords(CONTROL_STREAM);
      const placed = await exactly(CONTROL_STREAM, [controlEvent(MOMENT_TYPE)], length - 1);
      if (placed !== null) await reach(placed.position);
      if (placed !== null && index.markedMoment > moment) return;
      if (performance.now() > giveUp) throw unavailable("the server's clock is behind the moment that was asked for");
      await delay(2);
    }
  }

  const close = (): Promise<void> => {
    closing ??= (async () => {
      await Promise.allSettled([...pending]);
      stop.abort();
      await connection.close();
      await Promise.allSettled([advancing]);
      index.close();
    })();
    return closing;
  };

  await beginCopy(options.copyOf).catch(async (error: unknown) => {
    await close();
    throw error;
  });

  return {
    ledgerId,
    installation: copied?.installation ?? options.copyOf?.installation ?? ledgerId,
    append,
    readStream,
    async *read(stream, readOptions) {
      yield* await readStream(stream, readOptions);
    },
    readAll,
    subscribe,
    head,
    positionAt,
    async recordedAtOf(position) {
      await reachEnd();
      return index.recordedAtOf(Number(position));
    },
    async firstRecordedAt() {
      await reachEnd();
      return index.first;
    },
    async streamsOfLead(leadId) {
      await reachEnd();
      return index.streamsOfLead(leadId);
    },
    async clockLag() {
      await reachEnd();
      return Math.max(0, (index.greatest ?? 0) - clock());
    },
    positionsPerEvent: BYTES_PER_EVENT,
    async finishCopy() {
      await exactly(COPY_STREAM, [controlEvent(COPY_FINISHED)], 0);
    },
    close,
  };
}

type EventFilter = { readonly types?: readonly string[]; readonly lane?: LaneFilter };

function wanted({ types, lane }: EventFilter): (event: Sorted) => boolean {
  const ofTypes = types === undefined ? null : new Set(types);
  return (event) =>
    (ofTypes === null || ofTypes.has(event.type)) &&
    (lane === undefined || laneSlot(leadOf(event), event.stream) % lane.of === lane.index);
}

type Sorted = Pick<RecordedEvent, 'type' | 'stream' | 'leadId'> | LogRecord;

const leadOf = (event: Sorted): Uuid | null => ('leadId' in event ? event.leadId : (event.envelope?.leadId ?? null));

function controlEvent(type: string, data: unknown = {}): NewEvent {
  const id = freshUuid();
  const actor: Actor = { id: 'concord', team: 'system' };
  return {
    ...{ eventId: id, type, schemaVersion: 1, commandId: id, commandDigest: '', correlationId: id, causationId: null },
    ...{ actor, leadId: null, pass: null, occurredAt: Date.now(), data },
  };
}

class StoredEvent implements RecordedEvent {
  constructor(
    private readonly record: LogRecord,
    readonly recordedAt: Instant,
  ) {}

  private get envelope(): Envelope {
    return this.record.envelope as Envelope; // `isOwn` was asked before
  }
  get eventId(): Uuid {
    return this.record.id as Uuid; // UUID text by the client's contract
  }
  get type(): string {
    return this.record.type;
  }
  get stream(): string {
    return this.record.stream;
  }
  get revision(): number {
    return this.record.revision;
  }
  get position(): Position {
    return positionOf(this.record.position);
  }
  get schemaVersion(): number {
    return this.envelope.schemaVersion;
  }
  get commandId(): Uuid {
    return this.envelope.commandId;
  }
  get commandDigest(): string {
    return this.envelope.commandDigest;
  }
  get correlationId(): string {
    return this.envelope.$correlationId;
  }
  get causationId(): string | null {
    return this.envelope.$causationId;
  }
  get actor(): Actor {
    return this.envelope.actor;
  }
  get leadId(): Uuid | null {
    return this.envelope.leadId;
  }
  get pass(): number | null {
    return this.envelope.pass;
  }
  get occurredAt(): Instant {
    return this.envelope.occurredAt;
  }
  get meta(): Readonly<Record<string, string | number>> | null {
    return this.envelope.meta ?? null;
  }
  data(): unknown {
    return this.record.data;
  }
}
