import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLanes } from '#apps/projector/lanes.js';
import { START } from '#kernel/position.js';
import { statusOf } from '#subscriptions/rebuild.js';
import { processorSeconds } from './compare.js';
import { openLedger, removeReadModels } from './ledger.js';

export interface Rebuilt {
  /** From the first event to the promotion of the last view. */
  readonly ms: number;
  /** Processor time of the same, all threads, seconds. */
  readonly processor: number;
  readonly events: number;
  /** The process's largest resident size, bytes. */
  readonly memory: number;
}

/** Rebuilds all views and figures of a ledger in a process of its own, from nothing. */
export function rebuildInProcess(folder: string, lanes: number): Promise<Rebuilt> {
  removeReadModels(folder);
  return new Promise((resolve, reject) => {
    const env = { ...process.env, CONCORD_BENCH_REBUILD: JSON.stringify({ folder, lanes }) };
    const child = fork(import.meta.filename, [], { env, execArgv: ['--disable-warning=ExperimentalWarning'] });
    let rebuilt: Rebuilt | null = null;
    child.on('message', (message) => (rebuilt = message as Rebuilt)); // sent below
    child.on('exit', (code) => {
      if (rebuilt === null || code !== 0) reject(new Error(`a rebuild ended with code ${code ?? 'none'}`));
      else resolve(rebuilt);
    });
  });
}

const task = process.env['CONCORD_BENCH_REBUILD'];
if (task !== undefined && process.argv[1] === import.meta.filename) {
  const { folder, lanes } = JSON.parse(task) as { folder: string; lanes: number }; // made above
  process.send?.(await rebuildAll(folder, lanes));
  if (process.connected) process.disconnect();
}

/** Every processor's new generation on the same lanes, worker threads, as the server runs them. */
async function rebuildAll(folder: string, lanes: number): Promise<Rebuilt> {
  const ledger = await openLedger(folder);
  const { readStore, eventStore, processors } = ledger;
  const names = processors.map(({ spec }) => spec.processor);
  const head = await eventStore.head();
  const began = performance.now();
  const before = process.cpuUsage();
  const generations = new Set<number>();
  for (const name of names) generations.add(await readStore.begin(name, lanes));
  const [generation] = [...generations];
  if (generation === undefined || generations.size > 1) throw new Error('the read models are not new');
  const open = openLanes(ledger);
  const running = Array.from({ length: lanes }, (_, lane) => open({ processors: names, lane, lanes, generation }));
  for (const name of names) {
    for (;;) {
      const { checkpoints, stalled } = await statusOf(readStore, name, generation);
      const stall = stalled.find((one) => one !== null);
      if (stall != null) throw new Error(`${name} stalled: ${stall.reason}`);
      if (checkpoints.every((position) => (position ?? START) >= head)) break;
      await Promise.race([sleep(10), ...running.map(({ done }) => done)]);
    }
    await readStore.promote(name, generation);
  }
  const ms = performance.now() - began;
  const processor = processorSeconds(before);
  await Promise.all(running.map((lane) => lane.stop()));
  await ledger.close();
  return { ms, processor, events: Number(head), memory: process.resourceUsage().maxRSS * 1024 };
}
