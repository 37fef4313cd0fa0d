import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '#event-store/event-store.js';
import { DomainError } from '#kernel/errors.js';
import { START, type Position } from '#kernel/position.js';
import type { GenerationStatus, ReadStore, Stall } from '#read-store/read-store.js';

export interface LaneStatus {
  readonly lane: number;
  readonly position: Position | null;
  /** Events between the lane and the ledger's head, about, where positions are not contiguous; 0 is current. */
  readonly behind: number;
  readonly stalled: Stall | null;
}

export interface ProcessorStatus {
  readonly processor: string;
  readonly generation: number;
  readonly version: number;
  readonly active: boolean;
  readonly lanes: readonly LaneStatus[];
}

/** How far every generation is, lane by lane. */
export async function projectionStatus(
  eventStore: EventStore,
  readStore: ReadStore,
): Promise<readonly ProcessorStatus[]> {
  const { positionsPerEvent = 1 } = eventStore;
  const head = await eventStore.head();
  return (await readStore.status()).map(({ processor, generation, version, active, checkpoints, stalled }) => ({
    processor,
    generation,
    version,
    active,
    lanes: checkpoints.map((position, lane) => ({
      lane,
      position,
      behind: Math.ceil(Math.max(0, Number(head - (position ?? START))) / positionsPerEvent),
      stalled: stalled[lane] ?? null,
    })),
  }));
}

export interface StalledLane extends Stall {
  readonly processor: string;
  readonly lane: number;
}

export interface Reached {
  /** The answer holds everything up to here: the least checkpoint of the lanes that answer. */
  readonly asOf: Position;
  /** Lanes that have stopped at an event; they are not waited for, and an answer says so. */
  readonly stalled: readonly StalledLane[];
}

const POLL_MS = 3;

/**
 * Waits until the active generations of these processors have reached `position` (null: answers at once). Throws `READ_MODEL.BEHIND`
 * (unavailable) when they have not after `timeoutMs`, or when the ledger has no such position yet.
 */
export async function waitFor(
  readStore: ReadStore,
  eventStore: EventStore,
  processors: readonly string[],
  position: Position | null,
  timeoutMs: number,
): Promise<Reached> {
  const giveUp = performance.now() + timeoutMs;
  for (let asked = 0; ; asked += 1) {
    const answering = (await readStore.status(processors)).filter(({ active }) => active);
    if (position === null || (answering.length >= processors.length && hasReached(answering, position))) {
      return { asOf: leastOf(answering), stalled: answering.flatMap(stalledLanes) };
    }
    if (asked === 0 && position > (await eventStore.head()))
      throw behind(`the ledger has not reached position ${position.toString()}`);
    if (performance.now() >= giveUp) {
      throw behind(
        `the read models are at position ${leastOf(answering).toString()}, not yet at ${position.toString()}`,
      );
    }
    await sleep(POLL_MS);
  }
}

const behind = (detail: string): DomainError => new DomainError('unavailable', 'READ_MODEL.BEHIND', detail);

const hasReached = (answering: readonly GenerationStatus[], position: Position): boolean =>
  answering.every(({ checkpoints, stalled }) =>
    checkpoints.every((checkpoint, lane) => (checkpoint ?? START) >= position || (stalled[lane] ?? null) !== null),
  );

function leastOf(answering: readonly GenerationStatus[]): Position {
  let least: Position | null = null;
  for (const { checkpoints } of answering) {
    for (const checkpoint of checkpoints)
      if (least === null || (checkpoint ?? START) < least) least = checkpoint ?? START;
  }
  return least ?? START;
}

const stalledLanes = ({ processor, stalled }: GenerationStatus): StalledLane[] =>
  stalled.flatMap((stall, lane) => (stall === null ? [] : [{ processor, lane, ...stall }]));
