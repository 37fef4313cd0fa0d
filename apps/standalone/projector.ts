import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ReadStore } from '#read-store/read-store.js';
import type { Processor } from '#subscriptions/processor.js';
import { lanesHere, type LaneAssignment, type OpenLane, type RunningLane } from '#subscriptions/running-lane.js';
import type { EmbeddedLedger, EmbeddedLedgerOptions } from './embedded-ledger.js';

/** What a worker is told; passed by structured clone. */
export interface WorkerTask {
  readonly options: EmbeddedLedgerOptions;
  readonly assignment: LaneAssignment;
}

/**
 * Lanes in worker threads, each with handles of its own, so that projecting never holds up a request. Where the compiled entry is not
 * there (tests run from the sources) lanes run in this thread.
 */
export function openLanes(ledger: EmbeddedLedger, options: EmbeddedLedgerOptions): OpenLane {
  const entry = new URL('./projector-worker.js', import.meta.url);
  if (!existsSync(fileURLToPath(entry))) {
    return lanesHere({ eventStore: ledger.eventStore, readStore: ledger.readStore, processors: ledger.processors });
  }
  return (assignment) => openWorker(entry, { options, assignment });
}

function openWorker(entry: URL, task: WorkerTask): RunningLane {
  const worker = new Worker(entry, { workerData: task, name: `lane ${task.assignment.lane}` });
  const done = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the projector of lane ${task.assignment.lane} ended with code ${code}`));
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
}

/** Follows the active generations of all processors until `stop`; a lane that broke is started again. */
export async function followLedger(
  readStore: ReadStore,
  processors: readonly Processor[],
  open: OpenLane,
  onBroken: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  const groups = new Map<number, string[]>();
  for (const { spec } of processors) {
    const { lanes } = await readStore.active(spec.processor);
    groups.set(lanes, [...(groups.get(lanes) ?? []), spec.processor]);
  }
  let stopping = false;
  const following: { lane: RunningLane | null; readonly run: Promise<void> }[] = [];
  for (const [lanes, names] of groups) {
    for (let lane = 0; lane < lanes; lane += 1) {
      const slot: { lane: RunningLane | null } = { lane: null };
      following.push(Object.assign(slot, { run: keepRunning(slot, { processors: names, lane, lanes }) }));
    }
  }

  async function keepRunning(slot: { lane: RunningLane | null }, assignment: LaneAssignment): Promise<void> {
    while (!stopping) {
      slot.lane = open(assignment);
      try {
        await slot.lane.done;
      } catch (error) {
        onBroken(error);
        await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
      }
    }
  }

  return {
    async stop() {
      stopping = true;
      await Promise.allSettled(following.map(async ({ lane }) => lane?.stop()));
      await Promise.all(following.map(({ run }) => run));
    },
  };
}

const RESTART_MS = 500;
