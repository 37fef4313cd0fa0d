import type { EventStore } from '#event-store/event-store.js';
import { positionText, type Position } from '#kernel/position.js';
import { instantText, type Instant } from '#kernel/time.js';
import type { ReadStore } from '#read-store/read-store.js';
import { waitFor, type StalledLane } from '#subscriptions/progress.js';
import type { Organisation } from '../organisation.js';

/** What a question needs; plain, so that the command line asks without Nest. */
export interface ReadSide {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly organisation: Organisation;
}

/** What an answer holds: everything up to `position`. */
export interface AsOf {
  readonly position: string;
  /** null: before the first event. */
  readonly recordedAt: string | null;
  readonly knownAt: string | null;
}

export interface Warning {
  readonly code: string;
  readonly detail: string;
}

export interface PinnedViews {
  readonly generation: number;
  readonly asOf: AsOf;
  readonly warnings: readonly Warning[];
}

/** How long a question waits for `minPosition` before it answers 503. */
export const WAIT_MS = 5_000;

/**
 * Waits until the processor has reached `minPosition` and pins its active generation for one answer: what is promoted meanwhile does
 * not mix in. Throws `READ_MODEL.BEHIND` (unavailable) when it does not come in time.
 */
export async function pinViews(
  side: ReadSide,
  processor: string,
  minPosition: Position | undefined,
): Promise<PinnedViews> {
  const { eventStore, readStore } = side;
  const reached = await waitFor(readStore, eventStore, [processor], minPosition ?? null, WAIT_MS);
  const { generation } = await readStore.active(processor);
  return { generation, asOf: await asOf(eventStore, reached.asOf), warnings: reached.stalled.map(stallWarning) };
}

export const stallWarning = ({ processor, lane, position, reason }: StalledLane): Warning => ({
  code: 'PROJECTION_STALLED',
  detail: `lane ${lane} of ${processor} stands still before position ${position}, later events are missing here: ${reason}`,
});

export async function asOf(eventStore: EventStore, position: Position, knownAt: Instant | null = null): Promise<AsOf> {
  const recordedAt = await eventStore.recordedAtOf(position);
  return {
    position: positionText(position),
    recordedAt: recordedAt === null ? null : instantText(recordedAt),
    knownAt: knownAt === null ? null : instantText(knownAt),
  };
}

/** Nest injection token. */
export const READ_SIDE = Symbol('ReadSide');
