import type { EventStore } from '#event-store/event-store.js';
import { START, type Position } from '#kernel/position.js';
import type { ReadStore } from '#read-store/read-store.js';
import { projectionStatus, type LaneStatus } from './progress.js';

/** `behind`: not there yet, and moving. `stuck`: not there, and has not moved for a while. `stalled`: stopped at an event that it cannot project. */
export type LaneState = 'current' | 'behind' | 'stuck' | 'stalled';

export interface LaneLag extends LaneStatus {
  /** Age of the oldest event that it has not taken in, s; 0 when there is none. */
  readonly seconds: number;
  readonly state: LaneState;
}

export interface ProcessorLag {
  readonly processor: string;
  readonly generation: number;
  readonly lanes: readonly LaneLag[];
}

/** Looks at how far the active projections are; what it saw before tells the slow from the stuck. */
export interface LagWatch {
  look(): Promise<readonly ProcessorLag[]>;
}

/** Nest injection token. */
export const LAG_WATCH = Symbol('LagWatch');

/** A page that is being projected is written every second; half a minute without any is no slowness. */
const STUCK_AFTER_MS = 30_000;

export function watchLag(
  eventStore: EventStore,
  readStore: ReadStore,
  {
    stuckAfterMs = STUCK_AFTER_MS,
    now = Date.now,
  }: { readonly stuckAfterMs?: number; readonly now?: () => number } = {},
): LagWatch {
  /** Where each lane that was behind stood, and since when. */
  let seen = new Map<string, { readonly position: Position; readonly since: number }>();

  return {
    async look() {
      const active = (await projectionStatus(eventStore, readStore)).filter((one) => one.active);
      const secondsAt = agesAfter(eventStore, now());
      const next = new Map<string, { readonly position: Position; readonly since: number }>();
      const found: ProcessorLag[] = [];
      for (const { processor, generation, lanes } of active) {
        const lags: LaneLag[] = [];
        for (const lane of lanes) {
          const position = lane.position ?? START;
          const key = `${processor}/${generation}/${lane.lane}`;
          const before = seen.get(key);
          const since = before?.position === position ? before.since : now();
          if (lane.behind > 0) next.set(key, { position, since });
          const state =
            lane.stalled !== null
              ? 'stalled'
              : lane.behind === 0
                ? 'current'
                : now() - since >= stuckAfterMs
                  ? 'stuck'
                  : 'behind';
          lags.push({ ...lane, seconds: lane.behind === 0 ? 0 : await secondsAt(position), state });
        }
        found.push({ processor, generation, lanes: lags });
      }
      seen = next;
      return found;
    },
  };
}

/** Age of the first event after a position; each is read once, for most lanes stand at the same. */
function agesAfter(eventStore: EventStore, now: number): (position: Position) => Promise<number> {
  const known = new Map<Position, number>();
  return async (position) => {
    let age = known.get(position);
    if (age === undefined) {
      age = 0;
      for await (const { events } of eventStore.readAll({ after: position, pageSize: 1 })) {
        const [first] = events;
        if (first === undefined) continue;
        age = Math.max(0, (now - first.recordedAt) / 1_000);
        break;
      }
      known.set(position, age);
    }
    return age;
  };
}
