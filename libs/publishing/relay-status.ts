import type { Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import type { PublisherWarning } from './publisher.js';

export interface RelayStatus {
  /**
   * `starting`: finding its place; `relaying`: there is more to send; `caught-up`; `waiting`: after an error, it comes again;
   * `refused`: it needs somebody's decision (`error` says which) and has ended; `stopped`.
   */
  readonly state: 'starting' | 'relaying' | 'caught-up' | 'waiting' | 'refused' | 'stopped';
  /** Every event up to here lies in its partition; null before it is known. */
  readonly position: Position | null;
  readonly head: Position | null;
  /** Positions between the two. */
  readonly lag: number | null;
  /** Age of the oldest event that is not there yet, ms; 0 when there is none, null while it is not known. */
  readonly lagMs: number | null;
  /** Records that this process has sent. */
  readonly sent: number;
  /** Producers that it has had: one, and one more for each error. */
  readonly sessions: number;
  /** When the last page was acknowledged, or it last had nothing to send, or it began. */
  readonly progressedAt: Instant;
  /** The last error since it last made progress. */
  readonly error: { readonly code: string; readonly detail: string; readonly at: Instant } | null;
  readonly warnings: readonly PublisherWarning[];
}

export type RelayHealth = 'up' | 'behind' | 'stuck' | 'refused';

/** A leader's death costs 10 to 13 s; longer than this is no stall any more. */
const STUCK_AFTER_MS = 60_000;
const BEHIND_AFTER_MS = 30_000;

/** `behind`: it has much to do and does it, or something failed a moment ago. `stuck`: it has something to do and got nothing done for a minute. */
export function relayHealth(
  status: Pick<RelayStatus, 'state' | 'lagMs' | 'progressedAt'>,
  now: Instant,
  stuckAfterMs: number = STUCK_AFTER_MS,
): RelayHealth {
  if (status.state === 'refused') return 'refused';
  if (status.state === 'caught-up' || status.state === 'stopped') return 'up';
  if (now - status.progressedAt > stuckAfterMs) return 'stuck';
  return status.state === 'waiting' || (status.lagMs ?? 0) > BEHIND_AFTER_MS ? 'behind' : 'up';
}
