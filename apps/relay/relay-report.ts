import { positionText, type Position } from '#kernel/position.js';
import { instantText } from '#kernel/time.js';
import type { Metrics } from '#platform/metrics/metrics.js';
import { relayHealth, type RelayHealth, type RelayStatus } from '#publishing/relay-status.js';
import type { Relay } from '#publishing/relay.js';

export interface RelayReport {
  /** `degraded`: behind, or something with the topic is not as it should be. `down`: nothing gets there. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly health: RelayHealth;
  readonly relay: {
    readonly state: RelayStatus['state'];
    readonly position: string | null;
    readonly head: string | null;
    readonly lag: number | null;
    readonly lagSeconds: number | null;
    readonly sent: number;
    readonly sessions: number;
    readonly progressedAt: string;
    readonly error: { readonly code: string; readonly detail: string; readonly at: string } | null;
  };
  readonly warnings: RelayStatus['warnings'];
}

/** What `/health` of the relay says. */
export async function relayReport({ status }: Pick<Relay, 'status'>): Promise<RelayReport> {
  const found = await status();
  const health = relayHealth(found, Date.now());
  const { state, lag, sent, sessions, error, warnings } = found;
  return {
    status:
      health === 'stuck' || health === 'refused'
        ? 'down'
        : health === 'behind' || warnings.length > 0
          ? 'degraded'
          : 'up',
    health,
    relay: {
      state,
      position: textOf(found.position),
      head: textOf(found.head),
      lag,
      lagSeconds: found.lagMs === null ? null : found.lagMs / 1_000,
      sent,
      sessions,
      progressedAt: instantText(found.progressedAt),
      error: error === null ? null : { ...error, at: instantText(error.at) },
    },
    warnings,
  };
}

const textOf = (position: Position | null): string | null => (position === null ? null : positionText(position));

/** The relay's numbers among the process's metrics; NaN where one is not known. */
export function watchRelay(metrics: Pick<Metrics, 'watch'>, { status }: Pick<Relay, 'status'>): void {
  const watch = (name: string, help: string, of: (found: RelayStatus) => number | null): void =>
    metrics.watch(name, help, async () => of(await status()) ?? Number.NaN);
  watch(
    'concord_relay_lag',
    'Positions between the last event in the topic and the head of the ledger.',
    ({ lag }) => lag,
  );
  watch('concord_relay_lag_seconds', 'Age of the oldest event that is not in the topic yet.', ({ lagMs }) =>
    lagMs === null ? null : lagMs / 1_000,
  );
  watch('concord_relay_stuck', '1 where it got nothing done for a minute, or needs a decision.', (found) =>
    ['stuck', 'refused'].includes(relayHealth(found, Date.now())) ? 1 : 0,
  );
  watch('concord_relay_sent', 'Records that this process has sent.', ({ sent }) => sent);
  watch(
    'concord_relay_sessions',
    'Producers that it has had: one, and one more for each error.',
    ({ sessions }) => sessions,
  );
}
