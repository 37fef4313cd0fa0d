import type { RunLaneOptions } from './lane-settings.js';
import { runLane } from './runner.js';

/** A lane that runs somewhere: here, in a worker thread, in another process. */
export interface RunningLane {
  /** Settles when the lane has ended; rejects when it broke. */
  readonly done: Promise<void>;
  /** Flushes, gives its leases back and ends. */
  stop(): Promise<void>;
}

export interface LaneAssignment {
  readonly processors: readonly string[];
  readonly lane: number;
  readonly lanes: number;
  /** Left out: the active one, followed as it changes. */
  readonly generation?: number;
}

/** How the caller starts a lane; apps give worker threads, tests and short commands run it here. */
export type OpenLane = (assignment: LaneAssignment) => RunningLane;

/** Runs lanes in this thread. */
export const lanesHere =
  (options: Omit<RunLaneOptions, 'lane' | 'lanes' | 'generation' | 'signal'>): OpenLane =>
  ({ processors, lane, lanes, generation }) => {
    const stop = new AbortController();
    const mine = options.processors.filter(({ spec }) => processors.includes(spec.processor));
    const done = runLane({ ...options, processors: mine, lane, lanes, generation, signal: stop.signal });
    done.catch(() => undefined); // whoever awaits `done` or `stop` hears of it
    return {
      done,
      stop: () => {
        stop.abort();
        return done;
      },
    };
  };
