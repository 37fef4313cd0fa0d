import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { figuresProcessor } from '#figures/blocks/figures-processor.js';
import { UTC_EUR } from '#figures/testing/projected.js';
import { ledgers } from '#figures/testing/random-ledger.js';
import type { NewEvent } from '#kernel/envelope.js';
import { openMongoReadStore } from '#read-store/mongodb/mongodb-read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { catchUp } from '#subscriptions/catch-up.js';
import { waitFor } from '#subscriptions/progress.js';
import { lanesHere, type RunningLane } from '#subscriptions/running-lane.js';
import { tallyProcessor } from '#subscriptions/testing/tally.js';
import { openWorkbench } from '#subscriptions/testing/workbench.js';
import { describeOnServer } from '../support/describe-on-server.js';
import { mongoServerMissing, startMongoServer } from '../support/mongo-server/mongo-server.js';

const DEATHS = 20;
const LANES = 2;

// What the server loses is chance, and so is when it dies: one bad hour of a machine is tried again.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

describeOnServer('the MongoDB server of the read models, killed with -9', mongoServerMissing(), () => {
  it('again and again, comes back some writes earlier, and the read models are those of a fresh rebuild', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concord-read-kill-'));
    const server = await startMongoServer({ file: join(folder, 'db') });
    const address = `${server.address}/read`;
    const bench = await openWorkbench(() => openMongoReadStore({ address }));
    const { eventStore, readStore } = bench;
    const processors = [tallyProcessor('tally'), tallyProcessor('narrow', { cached: 4 }), figuresProcessor(UTC_EUR)];
    const names = processors.map(({ spec }) => spec.processor);
    const lanes: RunningLane[] = [];
    try {
      for (let lane = 0; lane < LANES; lane++) {
        const open = lanesHere({ eventStore, readStore, processors });
        lanes.push(keptRunning(() => open({ processors: names, lane, lanes: LANES })));
      }
      // One who does not know of the others.
      const zombie = await bench.openReadStore();
      const zombieLane = lanesHere({ eventStore, readStore: zombie, processors, leases: false });
      lanes.push(keptRunning(() => zombieLane({ processors: names, lane: 0, lanes: LANES })));

      const [history = []] = fc.sample(ledgers({ maxSteps: 2_000 }), { numRuns: 1, seed: 11 });
      let told = 0;
      let earlier = 0;
      await bench.fill(told * 10, (told + 1) * 10, 60);
      await waitFor(readStore, eventStore, names, await eventStore.head(), 60_000);
      for (let death = 0; death < DEATHS; death++) {
        for (let n = 0; n < 6; n++) {
          await bench.fill(told * 10, (told + 1) * 10, 60);
          const event = history[told++];
          if (event !== undefined) {
            const { position: _position, recordedAt: _recordedAt, stream, revision: _revision, ...rest } = event;
            const again: NewEvent = { ...rest, meta: undefined, data: event.data() };
            await eventStore.append(stream, [again], { expected: 'any' });
          }
          await sleep(Math.random() * 60);
        }
        const before = await checkpoints(readStore);
        await server.kill();
        await server.restart();
        const after = await checkpoints(readStore);
        if (after.some((position, place) => position < (before[place] ?? 0))) earlier += 1;
      }
      expect(earlier).toBeGreaterThan(0);
      await waitFor(readStore, eventStore, names, await eventStore.head(), 120_000);
      for (const lane of lanes) await lane.stop();

      const fresh = await openSqliteReadStore({ file: join(folder, 'fresh.sqlite') });
      await catchUp({ eventStore, readStore: fresh, processors, lanes: LANES });
      for (const { spec } of processors) {
        for (const { view } of spec.views) {
          const expected = await fresh.digest(spec.processor, 1, view);
          expect([view, await readStore.digest(spec.processor, 1, view)]).toEqual([view, expected]);
        }
      }
      await fresh.close();
    } finally {
      await Promise.allSettled(lanes.map((lane) => lane.stop()));
      await bench.remove();
      await server.stop();
      await rm(folder, { recursive: true });
    }
  }, 600_000);
});

/** As the apps do: a lane that broke is started again. */
function keptRunning(open: () => RunningLane): RunningLane {
  let isStopping = false;
  let lane = open();
  const run = async (): Promise<void> => {
    for (;;) {
      try {
        await lane.done;
        return;
      } catch {
        if (isStopping) return;
        await sleep(100);
        lane = open();
      }
    }
  };
  const done = run();
  return {
    done,
    stop: async () => {
      isStopping = true;
      await lane.stop().catch(() => undefined);
      await done;
    },
  };
}

const checkpoints = async (store: ReadStore): Promise<number[]> =>
  (await store.status()).flatMap((one) => one.checkpoints.map((position) => Number(position ?? 0)));
