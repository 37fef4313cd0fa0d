import { randomUUID } from 'node:crypto';
import type { ReadStore } from '#read-store/read-store.js';

/** One of several processes that share lanes. Each says that it is there; who says nothing for a while is gone, and the others take over. */
export interface Membership {
  /** Says that this process is there, and tells which of so many lanes are its share now. */
  share(lanes: number): Promise<ReadonlySet<number>>;
  /** How many processes share, this one included, as last seen. */
  readonly members: number;
  leave(): Promise<void>;
}

/** Longer than the lanes' own leases take to run out, so that a slow second does not move lanes about. */
const THERE_MS = 5_000;

/** Joins the processes that share the lanes of this read store. Only a way to spread the work: what keeps it correct are checkpoints. */
export function joinSharing(readStore: ReadStore, me: string = randomUUID()): Membership {
  const name = PREFIX + me;
  let members = 1;
  return {
    async share(lanes) {
      await readStore.lease(name, me, THERE_MS);
      const there = (await readStore.leases(PREFIX)).map(({ owner }) => owner);
      members = there.length;
      return shareOf(lanes, there, me);
    },
    get members() {
      return members;
    },
    leave: () => readStore.release(name, me),
  };
}

const PREFIX = 'projector/';

/**
 * The lanes of one of these processes. Each lane is exactly one's, no two shares differ by more than one lane, and all who see the
 * same processes agree.
 */
export function shareOf(lanes: number, members: readonly string[], me: string): ReadonlySet<number> {
  const sorted = [...new Set([...members, me])].sort();
  const mine = sorted.indexOf(me);
  return new Set(Array.from({ length: lanes }, (_, lane) => lane).filter((lane) => lane % sorted.length === mine));
}
