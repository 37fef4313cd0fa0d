import type { ReadStore } from '#read-store/read-store.js';
import type { Processor } from '#subscriptions/processor.js';
import type { LaneAssignment, OpenLane, RunningLane } from '#subscriptions/running-lane.js';

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
