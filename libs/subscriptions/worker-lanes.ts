import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { LaneProgress } from './lane-settings.js';
import type { LaneAssignment, OpenLane } from './running-lane.js';

interface WorkerTask {
  readonly assignment: LaneAssignment;
  readonly settings: unknown;
}

/**
 * A lane keeps about 200 MB alive; without a bound V8 lets garbage pile up to several times that as long as the machine has memory to spare.
 * The bound also says how soon it collects: at half of this a rebuild spent a seventh more processor time. Most of what a page makes is garbage
 * when the page is done, so the young generation holds some pages.
 */
const HEAP_MB = 1024;
const YOUNG_MB = 96;

/**
 * Runs each lane in a worker thread of its own, whose entry file calls `workOnLane`. `settings` reaches it as a structured clone (which
 * files to open, ...).
 */
export const lanesInWorkers =
  (entry: URL, settings: unknown, onProgress?: (progress: LaneProgress) => void): OpenLane =>
  (assignment) => {
    const task: WorkerTask = { assignment, settings };
    const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB };
    const worker = new Worker(entry, { workerData: task, name: `lane ${assignment.lane}`, resourceLimits });
    worker.on('message', (progress: LaneProgress) => onProgress?.(progress)); // sent by `workOnLane` only
    const done = new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`the worker of lane ${assignment.lane} ended with code ${code}`));
      });
    });
    done.catch(() => undefined); // whoever awaits `done` or `stop` hears of it
    return {
      done,
      stop: () => {
        worker.postMessage('stop');
        return done;
      },
    };
  };

export type WorkLane = (
  assignment: LaneAssignment,
  settings: unknown,
  signal: AbortSignal,
  onProgress: (progress: LaneProgress) => void,
) => Promise<void>;

const PROGRESS_EVERY_MS = 100;

/** For the entry file of a lane's worker: opens the stores, runs the lane until told to stop, closes them, and lets the thread end. */
export async function workOnLane(work: WorkLane): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('a lane works in a worker thread');
  const { assignment, settings } = workerData as WorkerTask; // made by `lanesInWorkers` only
  const stop = new AbortController();
  port.once('message', () => {
    stop.abort();
  });
  let reportedAt = -Infinity;
  try {
    await work(assignment, settings, stop.signal, (progress) => {
      if (!progress.caughtUp && performance.now() < reportedAt + PROGRESS_EVERY_MS) return;
      reportedAt = performance.now();
      port.postMessage(progress);
    });
  } finally {
    port.close();
  }
}
