import type { Position } from '#kernel/position.js';
import type { RunLaneOptions } from './lane-settings.js';
import { runLane } from './runner.js';

/**
 * Runs all lanes in this thread until every processor has stored `until` (default: the ledger's head at the start) or has stalled
 * before it. Where other runners hold the lanes, it waits for them.
 */
export async function catchUp(
  options: Omit<RunLaneOptions, 'lane' | 'until' | 'signal'> & {
    readonly until?: Position;
    readonly signal?: AbortSignal;
  },
): Promise<Position> {
  const until = options.until ?? (await options.eventStore.head());
  const signal = options.signal ?? new AbortController().signal;
  const lanes = Array.from({ length: options.lanes }, (_, lane) => runLane({ ...options, lane, until, signal }));
  await Promise.all(lanes);
  return until;
}
