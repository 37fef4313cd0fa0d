import type { ReadStore } from '#read-store/read-store.js';
import { bell } from '#subscriptions/bell.js';
import type { Processor } from '#subscriptions/processor.js';
import type { LaneAssignment, OpenLane, RunningLane } from '#subscriptions/running-lane.js';

export interface Following {
  /** Lanes that run here now. */
  readonly lanes: readonly LaneAssignment[];
  stop(): Promise<void>;
}

export interface FollowOptions {
  readonly readStore: ReadStore;
  /** May grow while it is followed. */
  readonly processors: readonly Processor[];
  /** Looks for processors that are new, before each reconciling. */
  readonly discover?: () => Promise<void>;
  readonly openLane: OpenLane;
  /** A lane broke, or the read store could not be asked; it is tried again. */
  readonly onBroken: (error: unknown) => void;
  /** Which of so many lanes are this process's; left out: all, as far as no other process works on them. */
  readonly share?: (lanes: number) => Promise<ReadonlySet<number>>;
}

/**
 * Follows the active generations of all processors until `stop`: runs the lanes that are this process's, starts again what broke, and
 * goes along when shares move or a generation with another number of lanes becomes active. Throws when the read store cannot be asked at first.
 */
export async function followLedger(options: FollowOptions): Promise<Following> {
  const running = new Map<string, Running>();
  const wake = bell();
  let stopping = false;

  async function reconcile(): Promise<void> {
    await options.discover?.();
    const wanted = await assignments(options);
    for (const [key, one] of running) if (!wanted.has(key)) one.end();
    for (const [key, assignment] of wanted) if (!running.has(key)) running.set(key, keepRunning(key, assignment));
  }

  function keepRunning(key: string, assignment: LaneAssignment): Running {
    let lane: RunningLane | null = null;
    const ending = new AbortController();
    const isEnding = (): boolean => ending.signal.aborted;
    const pause = bell();
    const done = (async () => {
      for (let broke = 0; !isEnding();) {
        const began = performance.now();
        lane = options.openLane(assignment);
        try {
          await lane.done;
        } catch (error) {
          options.onBroken(error);
          broke = performance.now() - began > LONGEST_RESTART_MS ? 1 : broke + 1;
        }
        if (!isEnding()) await pause.wait(Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** Math.min(broke, 8)));
      }
      running.delete(key);
      wake.ring();
    })();
    const end = (): void => {
      if (isEnding()) return;
      ending.abort();
      pause.ring();
      lane?.stop().catch(() => undefined); // heard of through `done`
    };
    return { assignment, end, done };
  }

  async function keepReconciling(): Promise<void> {
    for (;;) {
      await wake.wait(RECONCILE_MS);
      if (stopping) return;
      await reconcile().catch(options.onBroken);
    }
  }

  await reconcile();
  const reconciling = keepReconciling();
  return {
    get lanes() {
      return [...running.values()].map(({ assignment }) => assignment);
    },
    async stop() {
      stopping = true;
      wake.ring();
      await reconciling;
      for (const one of running.values()) one.end();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

interface Running {
  readonly assignment: LaneAssignment;
  /** Finishes what it holds, and ends. */
  end(): void;
  readonly done: Promise<void>;
}

const RESTART_MS = 250;
const LONGEST_RESTART_MS = 5_000;
const RECONCILE_MS = 1_000;

/** The processors whose active generations have equally many lanes read the ledger together. */
async function assignments({
  readStore,
  processors,
  share,
}: FollowOptions): Promise<ReadonlyMap<string, LaneAssignment>> {
  const groups = new Map<number, string[]>();
  for (const { spec } of processors) {
    const { lanes } = await readStore.active(spec.processor);
    groups.set(lanes, [...(groups.get(lanes) ?? []), spec.processor]);
  }
  const wanted = new Map<string, LaneAssignment>();
  for (const [lanes, names] of groups) {
    const mine = await share?.(lanes);
    for (let lane = 0; lane < lanes; lane += 1)
      if (mine?.has(lane) ?? true) wanted.set(`${lane}/${lanes} ${names.join()}`, { processors: names, lane, lanes });
  }
  return wanted;
}
