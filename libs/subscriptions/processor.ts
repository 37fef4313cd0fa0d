import type { RecordedEvent } from '#kernel/envelope.js';
import type { Position } from '#kernel/position.js';
import type { ProcessorSpec, ReadStore, Write } from '#read-store/read-store.js';

/** Where one projector of a processor works: one lane of one generation. */
export interface LaneContext {
  readonly store: ReadStore;
  readonly generation: number;
  readonly lane: number;
  readonly lanes: number;
  /** Of the event store; how far apart positions are (default 1). */
  readonly positionsPerEvent?: number;
  /** The lane's checkpoint at the moment of opening; null at the beginning. */
  readonly from: Position | null;
}

/**
 * Projects one lane. The runner calls `prepare` with a page, then `project` for each event of it in order, and now and then
 * `writes` followed by `ReadStore.apply`. On stale, lost or any error it drops this object and opens a new one at the stored checkpoint.
 */
export interface LaneProjector {
  /** Loads what the page's events will need, so that `project` is synchronous. */
  prepare(events: readonly RecordedEvent[]): Promise<void>;
  /** Pure folding on what is loaded. Throwing means the event is poisoned; it must then have changed nothing. */
  project(event: RecordedEvent): void;
  /** Documents held back since the last `writes`; the runner flushes when this grows large or when it has caught up. */
  readonly dirty: number;
  /** What differs from the store, derived documents first, then their sources; `to` is the checkpoint that goes with it. */
  writes(to: Position): readonly Write[];
}

/** All views that stand or fall together: one checkpoint a lane, one generation. */
export interface Processor {
  readonly spec: ProcessorSpec;
  /** The event types it reads; others only move its checkpoint. */
  readonly types: ReadonlySet<string>;
  open(context: LaneContext): Promise<LaneProjector>;
}

/** One view of documents that are each folded from their own events. `project` is the one pure function behind live view, rebuild and time travel. */
export interface DocumentView<D> {
  readonly view: string;
  readonly types: readonly string[];
  /** Ids of the documents that the event changes. All must lie in the event's lane: the lead's or the stream's own. */
  idsOf(event: RecordedEvent): readonly string[];
  /** True where none of the event's documents can be there yet: they are then not looked for. Left out: they may be. */
  begins?(event: RecordedEvent): boolean;
  /** null: the document is gone (or never was). */
  project(document: D | null, event: RecordedEvent, id: string): D | null;
}
