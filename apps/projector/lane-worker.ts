import { openLedger } from '#apps/composition/ledger.js';
import type { Config } from '#platform/config/config.js';
import { runLane } from '#subscriptions/runner.js';
import { workOnLane } from '#subscriptions/worker-lanes.js';

/** One lane in a thread of its own. Ends when told to, after it has written what it holds and given its leases back. */
await workOnLane(async (assignment, settings, signal, onProgress) => {
  const ledger = await openLedger(settings as Config); // what lanes.ts passes
  try {
    const { eventStore, readStore } = ledger;
    const processors = ledger.processors.filter(({ spec }) => assignment.processors.includes(spec.processor));
    await runLane({ ...assignment, eventStore, readStore, processors, signal, onProgress });
  } finally {
    await ledger.close();
  }
});
