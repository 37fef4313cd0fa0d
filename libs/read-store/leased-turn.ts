import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#kernel/errors.js';
import { freshUuid } from '#kernel/ids.js';
import type { ReadStore } from './read-store.js';

/** Runs work while no other process runs work of that name. */
export type Turn = <Result>(work: () => Promise<Result>) => Promise<Result>;

export interface TurnSettings {
  /** Of the lease. */
  readonly name: string;
  /** What is said (kind `unavailable`) to whom the turn does not come. */
  readonly busy: { readonly code: string; readonly detail: string };
}

/** Longer than any command takes, short enough to wait for where a process died in its turn. */
const HELD_MS = 10_000;
const PATIENCE_MS = 15_000;
const RETRY_MS = 20;

/**
 * Turns by a lease of the read store, which all processes of a ledger share. Within one process whoever calls queues up by itself. A process that sleeps
 * through its lease may still meet another one: what is decided must bear that.
 */
export function leasedTurn(leases: Pick<ReadStore, 'lease' | 'release'>, { name, busy }: TurnSettings): Turn {
  const owner = freshUuid();
  return async (work) => {
    const until = performance.now() + PATIENCE_MS;
    while (!(await leases.lease(name, owner, HELD_MS))) {
      if (performance.now() > until) throw new DomainError('unavailable', busy.code, busy.detail);
      await sleep(RETRY_MS);
    }
    try {
      return await work();
    } finally {
      await leases.release(name, owner);
    }
  };
}
