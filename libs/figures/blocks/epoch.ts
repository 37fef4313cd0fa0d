/** Positions in an epoch: the log is cut into such stretches, whatever lies in them. */
export const EPOCH = 16_384;
/** Positions in a small block, while its epoch is not complete. */
export const SLOT = 1_024;
export const SLOTS = EPOCH / SLOT;

export const epochOf = (position: number): number => Math.floor(position / EPOCH);
export const offsetOf = (position: number): number => position % EPOCH;

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
