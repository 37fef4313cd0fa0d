import { availableParallelism } from 'node:os';

/** Lanes of a new ledger: one is enough for small machines, and HTTP keeps a core of its own. Fixed for a generation. */
export const usualLanes = (): number => (availableParallelism() >= 4 ? 2 : 1);
