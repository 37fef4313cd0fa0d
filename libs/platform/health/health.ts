import type { EventStore } from '#event-store/event-store.js';
import { positionText } from '#kernel/position.js';
import { instantText } from '#kernel/time.js';
import type { ReadStore } from '#read-store/read-store.js';
import type { LagWatch, LaneState } from '#subscriptions/lag.js';

/** `off`: everyone who reaches this port may do everything; it therefore listens on loopback only. `keys`: only holders of access keys come in. */
export type SignIn = 'off' | 'keys';

/** Nest injection token. */
export const SIGN_IN = Symbol('SignIn');

export interface HealthReport {
  /** `degraded`: it answers, but something wants looking at; `down`: the ledger cannot be reached. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly ledger: {
    readonly status: 'up' | 'down';
    readonly ledgerId: string;
    readonly position?: string;
    readonly recordedAt?: string | null;
    /** How far the clock lies behind the last record, ms. */
    readonly clockLagMs?: number;
  };
  readonly projections: readonly ProjectionHealth[];
  readonly signIn: SignIn;
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
}

export interface ProjectionHealth {
  readonly processor: string;
  readonly generation: number;
  /** Positions between the slowest lane and the head. */
  readonly lag: number;
  /** Age of the oldest event that a lane has not taken in, s; 0 when all are current. */
  readonly lagSeconds: number;
  /** Of the lane that is worst off. */
  readonly state: LaneState;
  readonly stalled: readonly {
    readonly lane: number;
    readonly position: string;
    readonly eventId: string;
    readonly reason: string;
  }[];
}

const CLOCK_LAG_WORTH_TELLING_MS = 1_000;

/** Looks; never throws. */
export async function healthOf(eventStore: EventStore, watch: LagWatch, signIn: SignIn = 'off'): Promise<HealthReport> {
  const ledger = await ledgerHealth(eventStore);
  const projections = ledger.status === 'down' ? [] : await projectionHealth(watch).catch(() => null);
  const open = {
    code: 'SIGN_IN_OFF',
    detail: 'there is no sign-in: whoever reaches this port may do everything; it listens on loopback only',
  };
  const wrong = [
    ...(ledger.status === 'down' ? [{ code: 'LEDGER_DOWN', detail: 'the ledger cannot be read' }] : []),
    ...((ledger.clockLagMs ?? 0) >= CLOCK_LAG_WORTH_TELLING_MS
      ? [
          {
            code: 'CLOCK_BEHIND',
            detail: `the clock lies ${ledger.clockLagMs ?? 0} ms behind the last record; new records take that moment until it has caught up`,
          },
        ]
      : []),
    ...(projections === null ? [{ code: 'READ_STORE_DOWN', detail: 'the read models cannot be read' }] : []),
    ...(projections ?? [])
      .filter(({ state }) => state === 'stuck')
      .map(({ processor, lag, lagSeconds }) => ({
        code: 'PROJECTION_STUCK',
        detail: `${processor} lies ${lag} behind (${Math.round(lagSeconds)} s) and has not moved for half a minute: is a projector running?`,
      })),
    ...(projections ?? []).flatMap(({ processor, stalled }) =>
      stalled.map(({ lane, position, reason }) => ({
        code: 'PROJECTION_STALLED',
        detail: `lane ${lane} of ${processor} stands still before position ${position}: ${reason}`,
      })),
    ),
  ];
  const status = ledger.status === 'down' ? 'down' : wrong.length > 0 ? 'degraded' : 'up';
  const warnings = signIn === 'off' ? [open, ...wrong] : wrong;
  return { status, ledger, projections: projections ?? [], signIn, warnings };
}

/** Whether this process can do its work. */
export interface Readiness {
  readonly status: 'up' | 'down';
  readonly ledger: 'up' | 'down';
  readonly readModels: 'up' | 'down';
}

/** Looks; never throws. A projection that is behind is no reason to send requests elsewhere: all look at the same. */
export async function readinessOf(
  eventStore: Pick<EventStore, 'head'>,
  readStore: Pick<ReadStore, 'status'>,
): Promise<Readiness> {
  const answers = (look: Promise<unknown>): Promise<'up' | 'down'> =>
    look.then(
      () => 'up',
      () => 'down',
    );
  const [ledger, readModels] = await Promise.all([answers(eventStore.head()), answers(readStore.status())]);
  return { status: ledger === 'up' ? readModels : 'down', ledger, readModels };
}

async function ledgerHealth(store: EventStore): Promise<HealthReport['ledger']> {
  try {
    const head = await store.head();
    const recordedAt = await store.recordedAtOf(head);
    return {
      status: 'up',
      ledgerId: store.ledgerId,
      position: positionText(head),
      recordedAt: recordedAt === null ? null : instantText(recordedAt),
      clockLagMs: await store.clockLag(),
    };
  } catch {
    return { status: 'down', ledgerId: store.ledgerId };
  }
}

const projectionHealth = async (watch: LagWatch): Promise<ProjectionHealth[]> =>
  (await watch.look()).map(({ processor, generation, lanes }) => ({
    processor,
    generation,
    lag: Math.max(0, ...lanes.map(({ behind }) => behind)),
    lagSeconds: Math.max(0, ...lanes.map(({ seconds }) => seconds)),
    state: WORST_FIRST.find((state) => lanes.some((lane) => lane.state === state)) ?? 'current',
    stalled: lanes.flatMap(({ lane, stalled }) =>
      stalled === null ? [] : [{ lane, position: stalled.position, eventId: stalled.eventId, reason: stalled.reason }],
    ),
  }));

const WORST_FIRST: readonly LaneState[] = ['stalled', 'stuck', 'behind', 'current'];
