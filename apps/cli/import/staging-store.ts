import type {
  Appended,
  EventStore,
  ExpectedRevision,
  Page,
  ReadAllOptions,
  ReadOptions,
} from '#event-store/event-store.js';
import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { positionOf, START, type Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';

/** A ledger with what is not written yet on top. */
export interface StagingStore extends EventStore {
  /** Events that wait. */
  readonly staged: number;
  /** Writes them in the order in which they were appended. */
  flush(): Promise<void>;
}

interface Staged {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

/**
 * Lets command handlers decide on events that are not in the ledger yet: a dry run never flushes, a history is flushed in its own order and in
 * large groups. For one writer at a time: what others append to the ledger meanwhile is met at the flush.
 */
export function newStagingStore(base: EventStore, clock: () => Instant): StagingStore {
  let staged: Staged[] = [];
  let count = 0;
  let last: bigint | null = null;
  const streams = new Map<string, RecordedEvent[]>();
  let inOrder: RecordedEvent[] = [];
  const dealsOfLead = new Map<Uuid, string[]>();

  async function readStream(stream: string, options: ReadOptions = {}): Promise<readonly RecordedEvent[]> {
    const waiting = streams.get(stream);
    if (waiting?.[0]?.revision === 0) return within(waiting, options);
    const written = await base.readStream(stream, options);
    return waiting === undefined ? written : [...written, ...within(waiting, options)];
  }

  async function append(
    stream: string,
    events: readonly NewEvent[],
    { expected }: { readonly expected: ExpectedRevision },
  ): Promise<Appended> {
    last ??= await base.head();
    const history = await readStream(stream);
    const actual = history.at(-1)?.revision ?? -1;
    const known = history.find(({ eventId }) => eventId === events[0]?.eventId);
    if (known !== undefined)
      return { revision: known.revision + events.length - 1, position: known.position, repeated: true };
    assertExpected(stream, expected, actual);
    const waiting = streams.get(stream) ?? [];
    for (const [index, event] of events.entries()) {
      last += 1n;
      const waits = recorded(event, stream, actual + 1 + index, positionOf(last), clock);
      waiting.push(waits);
      inOrder.push(waits);
    }
    streams.set(stream, waiting);
    const lead = actual === -1 ? events[0]?.leadId : null;
    if (lead != null && stream !== `lead-${lead}`) dealsOfLead.set(lead, [...(dealsOfLead.get(lead) ?? []), stream]);
    staged.push({ stream, events, expected: actual === -1 ? 'no-stream' : actual });
    count += events.length;
    return { revision: actual + events.length, position: positionOf(last), repeated: false };
  }

  async function flush(): Promise<void> {
    const writing = staged;
    staged = [];
    count = 0;
    last = null;
    // Called one after the other without waiting in between: the ledger takes them in this order, many to a commit.
    await Promise.all(writing.map(({ stream, events, expected }) => base.append(stream, events, { expected })));
    streams.clear();
    inOrder = [];
    dealsOfLead.clear();
  }

  async function* readAll(options: ReadAllOptions): AsyncGenerator<Page> {
    yield* base.readAll(options);
    const { after = START, types } = options;
    const events = inOrder.filter(
      (event) => event.position > after && (types === undefined || types.includes(event.type)),
    );
    const to = inOrder.at(-1)?.position ?? after;
    if (to > after) yield { events, to };
  }

  return {
    ledgerId: base.ledgerId,
    installation: base.installation,
    schemaVersionOf: base.schemaVersionOf === undefined ? undefined : (type) => base.schemaVersionOf?.(type) ?? 1,
    get staged() {
      return count;
    },
    flush,
    append,
    readStream,
    async *read(stream, options) {
      yield* await readStream(stream, options);
    },
    async streamsOfLead(leadId) {
      const written = await base.streamsOfLead(leadId);
      const waiting = (dealsOfLead.get(leadId) ?? []).filter((stream) => !written.includes(stream));
      return [...written, ...waiting];
    },
    head: async () => (last === null ? base.head() : positionOf(last)),
    readAll,
    // What handlers never ask sees the ledger as it is written.
    subscribe: (options) => base.subscribe(options),
    positionAt: (moment) => base.positionAt(moment),
    recordedAtOf: (position) => base.recordedAtOf(position),
    firstRecordedAt: () => base.firstRecordedAt(),
    clockLag: () => base.clockLag(),
    close: async () => undefined,
  };
}

const within = (events: readonly RecordedEvent[], { from = 0, upTo }: ReadOptions): readonly RecordedEvent[] =>
  from === 0 && upTo === undefined
    ? events
    : events.filter((event) => event.revision >= from && (upTo === undefined || event.position <= upTo));

function assertExpected(stream: string, expected: ExpectedRevision, actual: number): void {
  const met =
    expected === 'any' ||
    (expected === 'no-stream' ? actual === -1 : expected === 'exists' ? actual >= 0 : actual === expected);
  if (met) return;
  throw new DomainError('stale', 'EVENT_STORE.WRONG_REVISION', `${stream} is at revision ${actual}`, {
    actual: actual === -1 ? null : actual,
  });
}

function recorded(
  event: NewEvent,
  stream: string,
  revision: number,
  position: Position,
  clock: () => Instant,
): RecordedEvent {
  const { data, ...envelope } = event;
  // Typed as the ledger types it: whoever reads a stream names what its payloads are.
  const payload: () => never = () => data as never;
  return {
    ...envelope,
    meta: event.meta ?? null,
    recordedAt: event.recordedAt ?? clock(),
    stream,
    revision,
    position,
    data: payload,
  };
}
