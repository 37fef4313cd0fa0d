import type { ProcessorSpec, GenerationStatus } from '#read-store/read-store.js';
import type { LaneSettings } from './lane-settings.js';

/** Which generation a processor's lane works on, and whether it may: of several runners one holds the lease, the others stand by. */
export interface Tenancy {
  readonly generation: number;
  /** The generation to work on, or why there is none to work on now and when to ask again. */
  begin(): Promise<GenerationStatus | { readonly waitFor: string; readonly ms: number }>;
  /** Renews the lease. `moved`: another generation was promoted; `lost`: another runner has taken over. */
  keep(): Promise<'kept' | 'moved' | 'lost'>;
  /** The generation as it is now, whoever works on it. */
  look(): Promise<GenerationStatus | undefined>;
  end(): Promise<void>;
}

const LEASE_MS = 2_000;
const RENEW_MS = 600;
export const WAIT_FOR_LEASE_MS = 250;
const WAIT_FOR_GENERATION_MS = 1_000;

export const leaseName = (processor: string, generation: number, lane: number): string =>
  `${processor}/${generation}/${lane}`;

export function tenancy({ processor, version }: ProcessorSpec, settings: LaneSettings): Tenancy {
  const { readStore: store, lane, lanes, owner, generation: fixed } = settings;
  let generation = fixed ?? 0;
  let held: string | null = null;
  let renewedAt = 0;

  const isMine = (one: GenerationStatus): boolean => (fixed === undefined ? one.active : one.generation === fixed);
  const look = async (): Promise<GenerationStatus | undefined> => (await store.status([processor])).find(isMine);

  async function end(): Promise<void> {
    if (held === null) return;
    const name = held;
    held = null;
    await store.release(name, owner);
  }

  async function takeLease(): Promise<boolean> {
    if (!settings.leases) return true;
    const name = leaseName(processor, generation, lane);
    if (held === name && performance.now() < renewedAt + RENEW_MS) return true;
    if (held !== name) await end();
    held = (await store.lease(name, owner, LEASE_MS)) ? name : null;
    renewedAt = performance.now();
    return held !== null;
  }

  return {
    get generation() {
      return generation;
    },
    look,
    end,

    async begin() {
      const found = await look();
      if (found?.version !== version || found.lanes !== lanes) {
        return { waitFor: `a generation of version ${version} with ${lanes} lanes`, ms: WAIT_FOR_GENERATION_MS };
      }
      generation = found.generation;
      if (!(await takeLease())) return { waitFor: 'the lease that another runner holds', ms: WAIT_FOR_LEASE_MS };
      // Its last holder may have moved it in between.
      return (await look()) ?? found;
    },

    async keep() {
      if (fixed === undefined && (await store.active(processor)).generation !== generation) return 'moved';
      return (await takeLease()) ? 'kept' : 'lost';
    },
  };
}
