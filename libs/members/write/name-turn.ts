import { leasedTurn, type Turn } from '#read-store/leased-turn.js';
import type { ReadStore } from '#read-store/read-store.js';

/** Runs work that judges names while nobody else, in whatever process, does. Where two meet after all, the roster gives the name to who was recorded first. */
export type NameTurn = Turn;

/** Throws `MEMBER.BUSY` (503) when the turn does not come. */
export const nameTurn = (leases: Pick<ReadStore, 'lease' | 'release'>): NameTurn =>
  leasedTurn(leases, {
    name: 'member names',
    busy: { code: 'MEMBER.BUSY', detail: 'others are changing members; try again' },
  });
