import type { EventStore } from '#event-store/event-store.js';
import type { Position } from '#kernel/position.js';
import type { ReadStore } from '#read-store/read-store.js';
import type { Processor } from './processor.js';

/** As much of a logger as the runner needs; pino's fits. */
export interface RunnerLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export const silent: RunnerLog = { info: () => undefined, warn: () => undefined };

export interface LaneProgress {
  readonly lane: number;
  /** Events taken in since the start. */
  readonly events: number;
  readonly position: Position;
  readonly caughtUp: boolean;
}

/** When to write; the defaults are measured ones. */
export interface Tuning {
  /** Events looked at per page. */
  readonly pageSize: number;
  /** Held-back documents of a processor that make it write at once. */
  readonly maxDirty: number;
  /** While catching up, a processor writes at least this often, ms. */
  readonly catchUpFlushMs: number;
  /** Live, a page is written this long after the last write, ms; longer (up to 250) where writing itself takes long. */
  readonly liveFlushMs: number;
  /** A stalled processor tries its event again this often, ms. */
  readonly retryStalledMs: number;
}

export const MEASURED_TUNING: Tuning = {
  pageSize: 2_000,
  maxDirty: 10_000,
  catchUpFlushMs: 1_000,
  liveFlushMs: 10,
  retryStalledMs: 30_000,
};

export interface RunLaneOptions {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly processors: readonly Processor[];
  readonly lane: number;
  readonly lanes: number;
  /** This generation instead of the active one (a rebuild). */
  readonly generation?: number;
  readonly signal: AbortSignal;
  /** Ends when every processor has stored this position, whoever did it, or has stalled before it. */
  readonly until?: Position;
  readonly log?: RunnerLog;
  readonly onProgress?: (progress: LaneProgress) => void;
  /** Default true: of several runners of a lane one works and the others stand by. False is as correct and does the work twice. */
  readonly leases?: boolean;
  readonly tuning?: Partial<Tuning>;
}

export interface LaneSettings {
  /** Of the event store. */
  readonly positionsPerEvent?: number;
  readonly readStore: ReadStore;
  readonly lane: number;
  readonly lanes: number;
  readonly generation?: number;
  readonly owner: string;
  readonly leases: boolean;
  readonly retryStalledMs: number;
  readonly log: RunnerLog;
}
