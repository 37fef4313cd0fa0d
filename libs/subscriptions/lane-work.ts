import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Position } from '#kernel/position.js';
import type { Stall } from '#read-store/read-store.js';
import type { LaneProjector, Processor } from './processor.js';
import type { LaneSettings } from './lane-settings.js';
import { tenancy, WAIT_FOR_LEASE_MS } from './tenancy.js';

/** One processor on one lane: waiting (for its lease, a back-off, another generation) or open at a position. No method throws. */
export interface LaneWork {
  readonly processor: Processor;
  /** Up to here events have been taken in; what is not flushed yet lies after `stored`. */
  readonly position: Position | null;
  readonly stored: Position | null;
  readonly isOpen: boolean;
  readonly isStalled: boolean;
  /** When to try `open` again, by the monotonic clock; only while waiting. */
  readonly retryAt: number;
  readonly flushedAt: number;
  /** How long the last flush took, ms. */
  readonly flushMs: number;
  readonly dirty: number;
  /** Whether it is open now. */
  open(): Promise<boolean>;
  take(events: readonly RecordedEvent[], to: Position): Promise<void>;
  flush(): Promise<void>;
  /** Renews the lease and follows a promotion. */
  tend(): Promise<void>;
  /** Lets the adapter build what only readers need. */
  settle(): Promise<void>;
  /** Whether another runner has brought this lane so far, or has stalled at it. */
  isDoneByOther(until: bigint): Promise<boolean>;
  close(): Promise<void>;
}

const LONGEST_BACK_OFF_MS = 5_000;
/** A page that cannot be prepared is taken event by event; an event that fails this often is the cause. */
const ATTEMPTS = 3;

export function laneWork(processor: Processor, settings: LaneSettings): LaneWork {
  const { readStore: store, lane, lanes, log } = settings;
  const { spec, types } = processor;
  const name = spec.processor;
  const tenant = tenancy(spec, settings);
  let projector: LaneProjector | null = null;
  let position: Position | null = null;
  let stored: Position | null = null;
  let outages: number | undefined;
  let stall: Stall | null = null;
  let isStalled = false;
  let retryAt = 0;
  let failures = 0;
  let isCareful = false;
  let flushedAt = performance.now();
  let flushMs = 0;
  let told = '';

  const about = (): Record<string, unknown> => ({ processor: name, generation: tenant.generation, lane });

  function tell(state: string): void {
    if (told !== state) log.info(about(), state);
    told = state;
  }

  /** What is cached is dropped; the stored checkpoint holds. */
  function wait(ms: number): void {
    projector = null;
    retryAt = performance.now() + ms;
  }

  async function guarded(doing: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      failures += 1;
      const ms = Math.min(LONGEST_BACK_OFF_MS, 50 * 2 ** Math.min(failures, 10));
      log.warn({ ...about(), err: error }, `${doing} failed, going on from the checkpoint in ${ms} ms`);
      wait(ms);
    }
  }

  async function flushTo(to: Position | null): Promise<void> {
    if (projector === null || to === null || to === stored) return;
    const began = performance.now();
    const batch = {
      processor: name,
      generation: tenant.generation,
      lane,
      from: stored,
      to,
      writes: projector.writes(to),
      outages,
    };
    const { stale, lost } = await store.apply(batch);
    if (stale || lost.length > 0) {
      tell('another runner was here first; its work holds');
      wait(WAIT_FOR_LEASE_MS);
      return;
    }
    stored = to;
    failures = 0;
    flushedAt = performance.now();
    flushMs = flushedAt - began;
    if (stall !== null && BigInt(stall.position) <= to) await heal();
  }

  async function heal(): Promise<void> {
    stall = null;
    await store.setStalled(name, tenant.generation, lane, null);
    log.info(about(), 'no longer stalled');
  }

  async function stallAt(event: RecordedEvent, error: unknown): Promise<void> {
    await flushTo(position);
    // The flush may have found that the lane is another's by now.
    if (projector === null) return;
    const next: Stall = { position: event.position.toString(), eventId: event.eventId, reason: reasonOf(error) };
    if (stall?.eventId !== next.eventId || stall.reason !== next.reason) {
      await store.setStalled(name, tenant.generation, lane, next);
    }
    stall = next;
    isStalled = true;
    log.warn({ ...about(), ...next, err: error }, 'stalled at an event that cannot be projected');
    wait(settings.retryStalledMs);
  }

  /** True when all were projected. */
  async function project(open: LaneProjector, events: readonly RecordedEvent[]): Promise<boolean> {
    await open.prepare(events);
    for (const event of events) {
      try {
        open.project(event);
      } catch (error) {
        // A server that does not answer for a moment says nothing about the event: the page is tried again.
        if (isUnavailable(error)) throw error;
        await stallAt(event, error);
        return false;
      }
      position = event.position;
    }
    return true;
  }

  async function projectOneByOne(open: LaneProjector, events: readonly RecordedEvent[]): Promise<boolean> {
    for (const event of events) {
      try {
        if (!(await project(open, [event]))) return false;
      } catch (error) {
        if (isUnavailable(error) || failures < ATTEMPTS) throw error;
        await stallAt(event, error);
        return false;
      }
      // What came before a failing event is kept, so that the failures counted are that event's.
      if (failures > 0) await flushTo(position);
    }
    isCareful = false;
    return true;
  }

  return {
    processor,
    get position() {
      return position;
    },
    get stored() {
      return stored;
    },
    get isOpen() {
      return projector !== null;
    },
    get isStalled() {
      return isStalled;
    },
    get retryAt() {
      return retryAt;
    },
    get flushedAt() {
      return flushedAt;
    },
    get flushMs() {
      return flushMs;
    },
    get dirty() {
      return projector?.dirty ?? 0;
    },

    async open() {
      await guarded('opening', async () => {
        outages = store.outages?.();
        const found = await tenant.begin();
        if ('waitFor' in found) {
          tell(`waiting for ${found.waitFor}`);
          wait(found.ms);
          return;
        }
        stored = found.checkpoints[lane] ?? null;
        position = stored;
        stall = found.stalled[lane] ?? null;
        isStalled = false;
        flushedAt = performance.now();
        projector = await processor.open({
          ...{ store, generation: found.generation, lane, lanes, from: stored },
          positionsPerEvent: settings.positionsPerEvent,
        });
        tell('working');
      });
      return projector !== null;
    },

    take: (events, to) =>
      guarded('projecting', async () => {
        if (projector === null || (position !== null && to <= position)) return;
        const after = position ?? -1n;
        // A page nearly always begins behind what was taken in: then nothing more is to be compared.
        const isNew = (events[0]?.position ?? after) > after;
        const mine = events.filter((event) => types.has(event.type) && (isNew || event.position > after));
        if (mine.length > 0) {
          try {
            if (!(await (isCareful ? projectOneByOne : project)(projector, mine))) return;
          } catch (error) {
            isCareful = true;
            throw error;
          }
        }
        position = to;
      }),

    flush: () => guarded('writing', () => flushTo(position)),

    tend: () =>
      guarded('tending', async () => {
        if (projector === null) return;
        const tenure = await tenant.keep();
        if (tenure === 'kept') return;
        if (tenure === 'moved') {
          await flushTo(position);
          await tenant.end();
        }
        wait(tenure === 'moved' ? 0 : WAIT_FOR_LEASE_MS);
      }),

    settle: () => guarded('settling', async () => store.settle?.(name, tenant.generation)),

    async isDoneByOther(until) {
      const found = await tenant.look();
      const reached = found?.checkpoints[lane] ?? null;
      return (
        found?.lanes === lanes && ((reached !== null && reached >= until) || (found.stalled[lane] ?? null) !== null)
      );
    },

    close: () =>
      guarded('closing', async () => {
        await flushTo(position);
        projector = null;
        await tenant.end();
      }),
  };
}

const isUnavailable = (error: unknown): boolean => error instanceof DomainError && error.kind === 'unavailable';

/** By shape, since an error may come from another realm. Reasons reach people, so they stay short. */
function reasonOf(error: unknown): string {
  const text =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.slice(0, 300);
}
