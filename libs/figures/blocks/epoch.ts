/** Positions in an epoch of a ledger whose positions are as dense as its events. */
export const EPOCH = 16_384;
/** Small blocks of an epoch, while it is not complete. */
export const SLOTS = 16;

/** How the log is cut: into equal stretches of positions, whatever lies in them. */
export interface Epochs {
  /** Positions in an epoch, and in a small block. */
  readonly length: number;
  readonly slot: number;
  of(position: number): number;
  /** Within its epoch; less than 2^32. */
  offset(position: number): number;
}

/** Where a store's positions are far apart (`EventStore.positionsPerEvent`), epochs are longer by that, the same in all processes. */
export function epochsOf(positionsPerEvent = 1): Epochs {
  const length = EPOCH * positionsPerEvent;
  return {
    length,
    slot: length / SLOTS,
    of: (position) => Math.floor(position / length),
    offset: (position) => position % length,
  };
}

/**
 * Ids of blocks: by lane, metric, then epoch, all of fixed width, so that one range read gets what a question needs. The open epoch's small
 * blocks use the same few ids again for every epoch; each says itself which epoch it is of.
 */
export const packedId = (lane: number, metric: number, epoch: number): string =>
  `p${digits(lane, 3)}.${digits(metric, 3)}.${digits(epoch, 12)}`;
export const slotId = (lane: number, metric: number, slot: number): string =>
  `o${digits(lane, 3)}.${digits(metric, 3)}.${digits(slot, 2)}`;
export const metricOfId = (id: string): number => Number(id.slice(5, 8));

const digits = (value: number, width: number): string => value.toString().padStart(width, '0');
