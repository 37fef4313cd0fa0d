import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';
import type { Ledger } from '#apps/composition/ledger.js';
import { usualLanes } from '#apps/composition/usual-lanes.js';
import { rebuildOutdated } from '#subscriptions/rebuild.js';
import type { LaneAssignment, OpenLane, RunningLane } from '#subscriptions/running-lane.js';
import { joinSharing } from '#subscriptions/sharing.js';
import { followLedger } from './follow-ledger.js';
import { openLanes } from './lanes.js';

export interface Projector {
  /** Lanes that run in this process. */
  readonly lanes: readonly LaneAssignment[];
  /** Processes that share the lanes, this one included. */
  readonly members: number;
  /** Writes what the lanes hold, gives their leases back and ends. */
  stop(): Promise<void>;
}

/** Keeps the read models current, together with whoever else does so on the same read store; rebuilds what another version of the code made. */
export async function startProjector(ledger: Ledger, logger: Pick<LoggerService, 'error' | 'log'>): Promise<Projector> {
  const { eventStore, readStore, processors } = ledger;
  const lanes = tracked(openLanes(ledger));
  const sharing = joinSharing(readStore);
  const stopping = new AbortController();
  const tell = (msg: string) => (error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ msg, err: error });
  };
  const following = await followLedger({
    readStore,
    processors,
    discover: () => ledger.discover(),
    openLane: lanes.open,
    onBroken: seldom(tell('a projector broke and is started again')),
    share: (count) => sharing.share(count),
  });
  const rebuilding = (async () => {
    const specs = processors.map(({ spec }) => spec);
    const options = {
      eventStore,
      readStore,
      lanes: usualLanes(ledger.config),
      openLane: lanes.open,
      signal: stopping.signal,
    };
    while (!stopping.signal.aborted) {
      try {
        await rebuildOutdated(specs, options);
        return;
      } catch (error) {
        tell('rebuilding an outdated projection failed; the old one goes on')(error);
      }
      await sleep(REBUILD_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    get lanes() {
      return following.lanes;
    },
    get members() {
      return sharing.members;
    },
    async stop() {
      stopping.abort();
      await following.stop();
      await lanes.stopAll();
      await rebuilding;
      await sharing.leave().catch(() => undefined); // it runs out by itself
    },
  };
}

const REBUILD_AGAIN_MS = 60_000;
const SELDOM_MS = 10_000;

/** While a server is away the same is heard of every second. */
function seldom(tell: (error: unknown) => void): (error: unknown) => void {
  let last = { text: '', at: -Infinity };
  return (error) => {
    const text = String(error);
    if (text === last.text && performance.now() < last.at + SELDOM_MS) return;
    last = { text, at: performance.now() };
    tell(error);
  };
}

/** Remembers what runs, so that a rebuild under way ends with the process too (and begins anew with the next one). */
function tracked(openLane: OpenLane): { readonly open: OpenLane; stopAll(): Promise<void> } {
  const running = new Set<RunningLane>();
  return {
    open: (assignment) => {
      const lane = openLane(assignment);
      running.add(lane);
      const forget = (): void => void running.delete(lane);
      lane.done.then(forget, forget);
      return lane;
    },
    async stopAll() {
      await Promise.allSettled([...running].map((lane) => lane.stop()));
    },
  };
}
