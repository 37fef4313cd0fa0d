import { parentPort, workerData } from 'node:worker_threads';
import { runLane } from '#subscriptions/runner.js';
import { openEmbeddedLedger } from './embedded-ledger.js';
import type { WorkerTask } from './projector.js';

/** One lane in a thread of its own. Ends when told to, after it has written what it holds and given its leases back. */
const { options, assignment } = workerData as WorkerTask; // what projector.ts passes
const stop = new AbortController();
parentPort?.once('message', () => stop.abort());

const ledger = await openEmbeddedLedger(options);
try {
  const processors = ledger.processors.filter(({ spec }) => assignment.processors.includes(spec.processor));
  const { lane, lanes, generation } = assignment;
  await runLane({
    eventStore: ledger.eventStore,
    readStore: ledger.readStore,
    processors,
    lane,
    lanes,
    generation,
    signal: stop.signal,
  });
} finally {
  await ledger.close();
  parentPort?.close();
}
