import { availableParallelism } from 'node:os';
import type { Config } from '#platform/config/config.js';

/** Lanes of a generation that begins: one is enough for small machines, and HTTP keeps a core of its own. Fixed for the generation. */
export const usualLanes = ({ lanes }: Pick<Config, 'lanes'>): number => lanes ?? (availableParallelism() >= 4 ? 2 : 1);
