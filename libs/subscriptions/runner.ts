import { randomUUID } from 'node:crypto';
import type { Page } from '#event-store/event-store.js';
import { START } from '#kernel/position.js';
import { bell } from './bell.js';
import { convoys } from './convoys.js';
import { laneWork, type LaneWork } from './lane-work.js';
import { MEASURED_TUNING, silent, type LaneSettings, type RunLaneOptions, type Tuning } from './lane-settings.js';

const LONGEST_LIVE_FLUSH_MS = 250;
const TEND_MS = 100;
/** Nobody reads a generation while it is built, so it is written only as its documents pile up. */
const UNREAD: Partial<Tuning> = { catchUpFlushMs: 30_000 };
const LEDGER_BACK_OFF_MS = 250;
const SETTLE_MS = 30_000;

/**
 * Projects one lane with all processors until the signal aborts (then flushes and resolves) or `until` is reached. Failures of the
 * stores are waited out; an event that cannot be projected stalls its processor's lane and nothing else.
 */
export async function runLane(options: RunLaneOptions): Promise<void> {
  const isRebuild = options.generation !== undefined;
  const tuning = { ...MEASURED_TUNING, ...(isRebuild ? UNREAD : {}), ...options.tuning };
  const { readStore, lane, lanes, signal, log = silent } = options;
  const settings: LaneSettings = {
    readStore,
    lane,
    lanes,
    generation: options.generation,
    positionsPerEvent: options.eventStore.positionsPerEvent,
    owner: randomUUID(),
    leases: options.leases ?? true,
    retryStalledMs: tuning.retryStalledMs,
    log,
  };
  for (const { spec } of options.processors) await readStore.declare(spec, lanes);
  const works = options.processors.map((processor) => laneWork(processor, settings));
  const types = [...new Set(options.processors.flatMap((processor) => [...processor.types]))];
  const wake = bell();
  const reader = convoys(
    options.eventStore,
    { types, lane: { index: lane, of: lanes }, pageSize: tuning.pageSize },
    wake,
    take,
  );
  const settledAt = new Map<LaneWork, number>();
  let events = 0;
  let tendedAt = performance.now();

  async function take(those: readonly LaneWork[], page: Page, isLive: boolean): Promise<void> {
    for (const work of those) {
      await work.take(page.events, page.to);
      if (isDue(work, isLive, tuning)) await work.flush();
    }
    events += page.events.length;
    options.onProgress?.({ lane, events, position: page.to, caughtUp: isLive && !reader.isCatchingUp });
  }

  async function openWaiting(): Promise<void> {
    for (const work of works) {
      if (work.isOpen || performance.now() < work.retryAt) continue;
      if (await work.open()) await reader.join(work);
    }
  }

  async function read(): Promise<void> {
    try {
      await reader.catchUp();
      const took = await reader.follow();
      const { isLive } = reader;
      for (const work of reader.atFront) if (took === 'became-live' || isDue(work, isLive, tuning)) await work.flush();
    } catch (error) {
      log.warn({ lane, err: error }, 'reading the ledger failed');
      await wake.wait(LEDGER_BACK_OFF_MS);
    }
  }

  async function tend(): Promise<void> {
    tendedAt = performance.now();
    for (const work of works) await work.tend();
    if (isRebuild || lane !== 0 || !reader.isLive) return;
    for (const work of reader.atFront) {
      if (tendedAt < (settledAt.get(work) ?? -Infinity) + SETTLE_MS) continue;
      settledAt.set(work, tendedAt);
      await work.settle();
    }
  }

  /** How long there is nothing to do but wait for events. */
  function patience(): number {
    if (reader.isCatchingUp) return 0;
    const deadlines = works.map((work) => {
      if (!work.isOpen) return work.retryAt;
      return work.position === work.stored ? Infinity : dueAt(work, reader.isLive, tuning);
    });
    return Math.min(tendedAt + TEND_MS, ...deadlines) - performance.now();
  }

  const ring = (): void => {
    wake.ring();
  };
  signal.addEventListener('abort', ring);
  try {
    while (!signal.aborted) {
      await openWaiting();
      await read();
      await reader.leaveClosed();
      if (options.until !== undefined && (await haveReached(works, options.until))) return;
      if (performance.now() >= tendedAt + TEND_MS) await tend();
      await wake.wait(patience());
    }
  } finally {
    signal.removeEventListener('abort', ring);
    await reader.stop();
    for (const work of works) await work.close();
  }
}

async function haveReached(works: readonly LaneWork[], until: bigint): Promise<boolean> {
  for (const work of works) {
    if (work.isOpen && (work.position ?? START) >= until) await work.flush();
    if (work.isStalled || (work.stored ?? START) >= until) continue;
    if (work.isOpen || !(await work.isDoneByOther(until))) return false;
  }
  return true;
}

function dueAt(work: LaneWork, isLive: boolean, tuning: Tuning): number {
  if (!isLive) return work.flushedAt + tuning.catchUpFlushMs;
  return work.flushedAt + Math.min(LONGEST_LIVE_FLUSH_MS, Math.max(tuning.liveFlushMs, 4 * work.flushMs));
}

const isDue = (work: LaneWork, isLive: boolean, tuning: Tuning): boolean =>
  work.position !== work.stored && (work.dirty >= tuning.maxDirty || performance.now() >= dueAt(work, isLive, tuning));
