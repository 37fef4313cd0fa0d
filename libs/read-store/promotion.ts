import { refused } from '#kernel/errors.js';
import type { Position } from '#kernel/position.js';

/**
 * With as many lanes as before each must have reached its own; else each must have reached the furthest. Throws
 * `READ_STORE.GENERATION_BEHIND` (refused).
 */
export function assertNotBehind(candidate: readonly (Position | null)[], active: readonly (Position | null)[]): void {
  const least = (lane: number): Position | null =>
    candidate.length === active.length
      ? (active[lane] ?? null)
      : active.reduce((a, b) => ((a ?? -1n) > (b ?? -1n) ? a : b), null);
  const behind = candidate.some((position, lane) => (position ?? -1n) < (least(lane) ?? -1n));
  if (behind) throw refused('READ_STORE.GENERATION_BEHIND', 'the new generation has not reached the active one yet');
}
