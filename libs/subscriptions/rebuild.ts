import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '#event-store/event-store.js';
import { DomainError } from '#kernel/errors.js';
import { START } from '#kernel/position.js';
import type { GenerationStatus, ProcessorSpec, ReadStore, Stall } from '#read-store/read-store.js';
import { toleratingAbsence } from './away.js';
import type { OpenLane, RunningLane } from './running-lane.js';
import { leaseName } from './tenancy.js';

export interface RebuildOptions {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly processor: ProcessorSpec;
  /** Lanes of the new generation. */
  readonly lanes: number;
  readonly openLane: OpenLane;
  readonly onProgress?: (status: GenerationStatus) => void;
  /** How long the old generation stays for readers that have pinned it, ms. */
  readonly graceMs?: number;
}

const POLL_MS = 20;

/** Builds a new generation from the first event on beside the active one, promotes it when it has caught up, drops the old one. Returns its number. */
export async function rebuild(options: RebuildOptions): Promise<number> {
  const { readStore, processor, lanes } = options;
  await readStore.declare(processor, lanes);
  await dropAbandoned(readStore, processor.processor);
  const generation = await readStore.begin(processor.processor, lanes);
  try {
    await promote({ ...options, generation });
  } catch (error) {
    await readStore.drop(processor.processor, generation);
    throw error;
  }
  return generation;
}

/**
 * Brings a generation up to the ledger's head, makes it the active one and drops the one before it. Throws `READ_MODEL.STALLED`
 * (unavailable) when it stops at an event that the active generation has passed.
 */
export async function promote(options: Omit<RebuildOptions, 'lanes'> & { readonly generation: number }): Promise<void> {
  const { readStore, generation, graceMs = 1_000 } = options;
  const name = options.processor.processor;
  const before = await readStore.active(name);
  await runGeneration(options, async (stalled) => {
    try {
      await readStore.promote(name, generation);
      return true;
    } catch (error) {
      if (!isBehind(error)) throw error;
      if (stalled !== null)
        throw new DomainError(
          'unavailable',
          'READ_MODEL.STALLED',
          `"${name}" stops at position ${stalled.position}: ${stalled.reason}`,
        );
      return false;
    }
  });
  if (before.generation === generation) return;
  await sleep(graceMs);
  await readStore.drop(name, before.generation);
}

/**
 * Runs the lanes of a generation; once all have reached what was the head at the start (or have stalled) asks `arrived` again and
 * again, while they go on, until it says true. The lanes have ended when this returns.
 */
export async function runGeneration(
  options: Omit<RebuildOptions, 'lanes'> & { readonly generation: number },
  arrived: (stalled: Stall | null) => Promise<boolean>,
): Promise<void> {
  const { eventStore, readStore, generation, processor, openLane } = options;
  const target = await eventStore.head();
  const found = await statusOf(readStore, processor.processor, generation);
  const running: RunningLane[] = [];
  for (let lane = 0; lane < found.lanes; lane += 1) {
    running.push(openLane({ processors: [processor.processor], lane, lanes: found.lanes, generation }));
  }
  const broken = Promise.race(
    running.map(({ done }) => done.then(() => Promise.reject(new Error('a lane ended early')))),
  );
  broken.catch(() => undefined); // heard of through the race below
  const ask = toleratingAbsence();
  const look = async (): Promise<boolean> => {
    const status = await statusOf(readStore, processor.processor, generation);
    options.onProgress?.(status);
    const stalled = status.stalled.find((stall) => stall !== null) ?? null;
    const isThere = status.checkpoints.every(
      (position, lane) => (position ?? START) >= target || (status.stalled[lane] ?? null) !== null,
    );
    return isThere && arrived(stalled);
  };
  try {
    for (;;) {
      await Promise.race([sleep(POLL_MS), broken]);
      if ((await ask(look)) === true) return;
    }
  } finally {
    await Promise.allSettled(running.map((lane) => lane.stop()));
  }
}

/**
 * Rebuilds every processor whose active generation was made by an earlier version of the code; does nothing for the others. Of several
 * processes that are told so at once one rebuilds and the others wait for it. A later version is left alone: while a new release takes
 * over, old and new processes would otherwise undo each other's work for ever.
 */
export async function rebuildOutdated(
  processors: readonly ProcessorSpec[],
  options: Omit<RebuildOptions, 'processor'> & { readonly signal?: AbortSignal },
): Promise<readonly string[]> {
  const { readStore, signal } = options;
  const me = randomUUID();
  const rebuilt: string[] = [];
  for (const processor of processors) {
    const lease = `rebuild/${processor.processor}`;
    while (signal?.aborted !== true && (await isOutdated(readStore, processor))) {
      if (!(await readStore.lease(lease, me, LEASE_MS))) {
        await sleep(WAIT_FOR_OTHER_MS);
        continue;
      }
      const renewing = setInterval(
        () => void readStore.lease(lease, me, LEASE_MS).catch(() => undefined),
        LEASE_MS / 4,
      );
      try {
        // Another may have finished between the look and the lease.
        if (!(await isOutdated(readStore, processor))) break;
        await rebuild({ ...options, processor });
        rebuilt.push(processor.processor);
      } finally {
        clearInterval(renewing);
        await readStore.release(lease, me);
      }
    }
  }
  return rebuilt;
}

const LEASE_MS = 10_000;
const WAIT_FOR_OTHER_MS = 500;

const isOutdated = async (readStore: ReadStore, { processor, version }: ProcessorSpec): Promise<boolean> =>
  (await readStore.status()).some((one) => one.active && one.processor === processor && one.version < version);

export async function statusOf(readStore: ReadStore, processor: string, generation: number): Promise<GenerationStatus> {
  const status = (await readStore.status([processor])).find((one) => one.generation === generation);
  if (status === undefined)
    throw new DomainError(
      'not-found',
      'READ_STORE.NO_SUCH_GENERATION',
      `"${processor}" has no generation ${generation}`,
    );
  return status;
}

/** What a rebuild left that was killed: generations that are not active and on none of whose lanes anybody works. */
export async function dropAbandoned(readStore: ReadStore, processor: string): Promise<void> {
  for (const { active, generation, lanes } of await readStore.status([processor])) {
    if (active) continue;
    const owner = `cleaning ${processor}/${generation}`;
    const names = Array.from({ length: lanes }, (_, lane) => leaseName(processor, generation, lane));
    const taken: string[] = [];
    for (const name of names) if (await readStore.lease(name, owner, 10_000)) taken.push(name);
    if (taken.length === lanes) await readStore.drop(processor, generation);
    for (const name of taken) await readStore.release(name, owner);
  }
}

const isBehind = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'READ_STORE.GENERATION_BEHIND';
