import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Ledger } from '#apps/composition/ledger.js';
import { lanesHere, type OpenLane } from '#subscriptions/running-lane.js';
import { lanesInWorkers } from '#subscriptions/worker-lanes.js';

/**
 * Lanes in worker threads, each with handles of its own, so that projecting never holds up a request. Where the compiled entry is not
 * there (tests run from the sources) lanes run in this thread.
 */
export function openLanes({ config, eventStore, readStore, processors }: Ledger): OpenLane {
  const entry = new URL('./lane-worker.js', import.meta.url);
  return existsSync(fileURLToPath(entry))
    ? lanesInWorkers(entry, config)
    : lanesHere({ eventStore, readStore, processors });
}
