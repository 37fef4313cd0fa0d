import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';

/** `exists`: at least one event; a number: the stream's last revision, exactly. */
export type ExpectedRevision = 'no-stream' | 'exists' | 'any' | number;

export interface Appended {
  /** Revision and position of the last of these events. */
  readonly revision: number;
  readonly position: Position;
  /** True when all these event ids were in this stream already: nothing was added. */
  readonly repeated: boolean;
}

export interface StreamAppend {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

export interface ReadOptions {
  /** First revision wanted (default 0). */
  readonly from?: number;
  /** Nothing after this position. */
  readonly upTo?: Position;
}

/** The share `index` of `of` equal shares; an event belongs to hash(leadId), else hash(stream). */
export interface LaneFilter {
  readonly index: number;
  readonly of: number;
}

export interface ReadAllOptions {
  /** Exclusive; default from the beginning. */
  readonly after?: Position;
  /** Inclusive. */
  readonly upTo?: Position;
  readonly types?: readonly string[];
  readonly lane?: LaneFilter;
  /** Events looked at per page; an adapter's hint. */
  readonly pageSize?: number;
}

/** `to` is the last position looked at; it moves on empty pages too. */
export interface Page {
  readonly events: readonly RecordedEvent[];
  readonly to: Position;
}

export interface CaughtUp {
  readonly caughtUp: true;
  readonly to: Position;
}

export interface SubscribeOptions {
  readonly after?: Position;
  readonly types?: readonly string[];
  readonly lane?: LaneFilter;
  readonly pageSize?: number;
  readonly signal: AbortSignal;
}

/** One ledger. Adapters: `sqlite/`; decorators keep this interface. All are held by `testing/event-store.contract.ts`. */
export interface EventStore {
  /** Names this ledger for ever; positions of another one are refused. */
  readonly ledgerId: Uuid;
  /** What ids are derived from (of leads by external id, members, campaigns, commands). A copy keeps its original's; default `ledgerId`. */
  readonly installation?: Uuid;
  /**
   * Appends all events or none, in order. Throws `DomainError`: `EVENT_STORE.WRONG_REVISION` (kind stale, extra.actual = the
   * revision, or null when the stream does not exist), `EVENT_STORE.EVENT_ID_TAKEN` (an id lies elsewhere), `EVENT_STORE.EMPTY_APPEND`,
   * `EVENT_STORE.UNAVAILABLE` (nothing was written, or it is unknown: repeating is safe). The same ids at consecutive revisions of this
   * stream add nothing, whatever was expected.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    options: { readonly expected: ExpectedRevision },
  ): Promise<Appended>;
  /**
   * Several appends to different streams, all of them or none, and durable with one wait; throws as `append` does, about the first that is
   * refused. Only stores that can do so have it: callers must have another way, one append after the other in this order.
   */
  appendTogether?(appends: readonly StreamAppend[]): Promise<readonly Appended[]>;
  /** In order of revision; nothing for a stream that does not exist. */
  read(stream: string, options?: ReadOptions): AsyncIterable<RecordedEvent>;
  /** The whole stream at once: what a decision folds. */
  readStream(stream: string, options?: ReadOptions): Promise<readonly RecordedEvent[]>;
  readAll(options: ReadAllOptions): AsyncIterable<Page>;
  /** History, then `CaughtUp`, then live; the next page is fetched when the consumer asks for it. Ends when the signal aborts. */
  subscribe(options: SubscribeOptions): AsyncIterable<Page | CaughtUp>;
  /** Position of the last event, START when there is none. */
  head(): Promise<Position>;
  /** Last event recorded at or before `moment`; START before the first. `moment` must lie in the past (`EVENT_STORE.MOMENT_IN_FUTURE`). */
  positionAt(moment: Instant): Promise<Position>;
  /** recordedAt of the event at this position or the nearest before it; null before the first. */
  recordedAtOf(position: Position): Promise<Instant | null>;
  /** First moment known to this ledger (organisation.configured is ignored), null while it is empty. */
  firstRecordedAt(): Promise<Instant | null>;
  /** Names of the other streams whose first event carries this leadId (its deals), in order of appearance. */
  streamsOfLead(leadId: Uuid): Promise<readonly string[]>;
  /** The version in which this store's edge writes a type (`upcasting.ts`); without it every type is in version 1. */
  schemaVersionOf?(type: string): number;
  /**
   * How far apart positions of neighbouring events are, roughly; default 1. A constant of the adapter: whoever cuts the log into stretches
   * of positions makes them longer by it, the same in all processes.
   */
  readonly positionsPerEvent?: number;
  /** Milliseconds by which the clock lies behind the last recordedAt; 0 is healthy. */
  clockLag(): Promise<number>;
  close(): Promise<void>;
}

/** A ledger that is being filled by `concord copy` (`copy-ledger.ts`). */
export interface LedgerCopy extends EventStore {
  /** Opens it for everybody. Until then it is refused to all but the copy of the same original (`EVENT_STORE.UNFINISHED_COPY`). */
  finishCopy(): Promise<void>;
}

/** Where a copy comes from. */
export interface Original {
  readonly ledgerId: Uuid;
  readonly installation: Uuid;
}

export const installationOf = (store: Pick<EventStore, 'ledgerId' | 'installation'>): Uuid =>
  store.installation ?? store.ledgerId;

export const isCaughtUp = (page: Page | CaughtUp): page is CaughtUp => 'caughtUp' in page;

/** Nest injection token. */
export const EVENT_STORE = Symbol('EventStore');
