import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#kernel/errors.js';
import { freshUuid } from '#kernel/ids.js';
import type { ReadStore } from '#read-store/read-store.js';

/** Runs work that judges names while nobody else, in whatever process, does. */
export type NameTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

const LEASE = 'member names';
/** Longer than any command takes, short enough to wait for where a process died in its turn. */
const HELD_MS = 10_000;
const PATIENCE_MS = 15_000;
const RETRY_MS = 20;

/**
 * Turns by a lease of the read store, which all processes of a ledger share. A process that sleeps through its lease may still meet another
 * one: then the roster gives the name to who was recorded first. Throws `MEMBER.BUSY` (503) when the turn does not come.
 */
export function leasedTurn(leases: Pick<ReadStore, 'lease' | 'release'>): NameTurn {
  const owner = freshUuid();
  return async (work) => {
    const until = performance.now() + PATIENCE_MS;
    while (!(await leases.lease(LEASE, owner, HELD_MS))) {
      if (performance.now() > until)
        throw new DomainError('unavailable', 'MEMBER.BUSY', 'others are changing members; try again');
      await sleep(RETRY_MS);
    }
    try {
      return await work();
    } finally {
      await leases.release(LEASE, owner);
    }
  };
}
