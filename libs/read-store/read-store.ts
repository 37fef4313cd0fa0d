import type { Json } from '#kernel/json.js';
import type { Position } from '#kernel/position.js';

/** `read`: position of the document that this write was computed from, null when there was none. `document: null` leaves a tombstone that keeps its position. */
export interface Write {
  readonly view: string;
  readonly id: string;
  readonly read: Position | null;
  readonly at: Position;
  readonly document: Json | Uint8Array | null;
}

export interface Batch {
  readonly processor: string;
  readonly generation: number;
  readonly lane: number;
  /** The checkpoint that this batch was computed from; another one stored means stale, and nothing is written. */
  readonly from: Position | null;
  readonly to: Position;
  /** In the order in which a store without transactions is to write them: what is derived first, then what it was computed from. */
  readonly writes: readonly Write[];
  /** The store's `outages` before the first of what this batch was computed from was read; another number now means stale. */
  readonly outages?: number;
}

/** A declared, indexed field of a view; its value is read from the document by its JSON name (dots descend). */
export interface FieldSpec {
  readonly name: string;
  readonly path?: string;
  readonly type: 'text' | 'number';
  readonly sortable?: boolean;
}

export interface ViewSpec {
  readonly view: string;
  readonly fields: readonly FieldSpec[];
  /** Paths of the texts that `q` looks through (contains every word, without regard to case). */
  readonly search?: readonly string[];
  /** A member that holds texts by names nobody knows beforehand: `<prefix><name>` filters by one of them, without an index. */
  readonly attributes?: { readonly prefix: string; readonly member: string };
}

export interface ProcessorSpec {
  readonly processor: string;
  /** Raised when the code gives other documents for the same events: a new generation is then due. */
  readonly version: number;
  readonly views: readonly ViewSpec[];
}

export interface Stored<D = Json> {
  readonly id: string;
  readonly at: Position;
  readonly document: D;
}

/** For one field: any of these values; null stands for "no value". */
export type Where = Readonly<Record<string, readonly (string | number | null)[]>>;

export interface FindOptions {
  /** Only among these. */
  readonly ids?: readonly string[];
  readonly where?: Where;
  readonly q?: string;
  /** A sortable field; ties are broken by id in the same direction. Default: by id. */
  readonly sort?: { readonly field: string; readonly descending: boolean };
  readonly limit: number;
  /** The `next` of the page before. Opaque; another sort or filter refuses it (`READ_STORE.BAD_CURSOR`). */
  readonly cursor?: string;
}

export interface Found<D = Json> {
  readonly items: readonly Stored<D>[];
  readonly next: string | null;
}

export interface GenerationStatus {
  readonly processor: string;
  readonly generation: number;
  readonly version: number;
  readonly lanes: number;
  readonly active: boolean;
  readonly checkpoints: readonly (Position | null)[];
  /** Per lane: why it stopped, or null. */
  readonly stalled: readonly (Stall | null)[];
}

export interface Stall {
  readonly position: string;
  readonly eventId: string;
  readonly reason: string;
}

/** The disposable side: documents, checkpoints and generations. All adapters are held by `testing/read-store.contract.ts`. */
export interface ReadStore {
  /**
   * Whose read models these are: those of the first ledger that ever asked. Positions of another one mean nothing here, so who gets
   * another id back must go away.
   */
  belongsTo(ledgerId: string): Promise<string>;
  /** Makes the views known (idempotent) and the first generation of a new processor active. */
  declare(spec: ProcessorSpec, lanes: number): Promise<void>;
  /**
   * Writes and checkpoint together: each event counts once. `stale`: the stored checkpoint is another one. `lost`: ids whose guard failed, at
   * least the first of them. In both cases the checkpoint stays; a store without transactions may have written documents ahead of it, which
   * end as if one writer had been at work. Throws `READ_STORE.UNAVAILABLE` (unavailable) where the outcome is unknown.
   */
  apply(batch: Batch): Promise<{ readonly stale: boolean; readonly lost: readonly string[] }>;
  /** Counts how often the store was away: it may have come back earlier than it was. Left out where that cannot be. */
  outages?(): number;
  checkpoint(processor: string, generation: number, lane: number): Promise<Position | null>;
  /** Marks a lane as stopped at an event, or (null) as going on. */
  setStalled(processor: string, generation: number, lane: number, stall: Stall | null): Promise<void>;
  get<D = Json>(processor: string, generation: number, view: string, id: string): Promise<Stored<D> | null>;
  /**
   * Several at once, in no particular order; missing ids are left out. A projector asks for `tombstones` too (document null), because the
   * position that they keep guards its next write.
   */
  getMany<D = Json>(
    processor: string,
    generation: number,
    view: string,
    ids: readonly string[],
    options: { readonly tombstones: true },
  ): Promise<readonly Stored<D | null>[]>;
  getMany<D = Json>(
    processor: string,
    generation: number,
    view: string,
    ids: readonly string[],
  ): Promise<readonly Stored<D>[]>;
  /** Documents whose id lies in [from, to), by id. For range reads (blocks of facts). */
  range<D = Json>(
    processor: string,
    generation: number,
    view: string,
    from: string,
    to: string,
  ): Promise<readonly Stored<D>[]>;
  find<D = Json>(processor: string, generation: number, view: string, options: FindOptions): Promise<Found<D>>;
  count(processor: string, generation: number, view: string, where?: Where): Promise<number>;
  /** The active generation; pinned by a reader for one request. */
  active(processor: string): Promise<{ readonly generation: number; readonly lanes: number }>;
  /** A new, empty, inactive generation. */
  begin(processor: string, lanes: number): Promise<number>;
  /** Said when a generation has caught up: what only readers need (indexes) may be built now. Finding works before it too, only slower. `promote` implies it. */
  settle?(processor: string, generation: number): Promise<void>;
  /** All views of the processor together. Refused (`READ_STORE.GENERATION_BEHIND`) while any lane of the new one is before the active one's. */
  promote(processor: string, generation: number): Promise<void>;
  /** Deletes an inactive generation and its documents (`READ_STORE.GENERATION_ACTIVE` otherwise). */
  drop(processor: string, generation: number): Promise<void>;
  /** Of all processors, or of these. */
  status(processors?: readonly string[]): Promise<readonly GenerationStatus[]>;
  /** Takes or renews a named lease for `ms`; false while another owner holds it. A hint that saves work; never needed for correctness. */
  lease(name: string, owner: string, ms: number): Promise<boolean>;
  release(name: string, owner: string): Promise<void>;
  /** Who holds leases whose names begin so, now; by name. */
  leases(prefix: string): Promise<readonly { readonly name: string; readonly owner: string }[]>;
  /** Two readers of the same position set must agree: a digest of all live documents of a view (for `verify`). */
  digest(
    processor: string,
    generation: number,
    view: string,
  ): Promise<{ readonly documents: number; readonly sha256: string }>;
  close(): Promise<void>;
}

export const READ_STORE = Symbol('ReadStore');
