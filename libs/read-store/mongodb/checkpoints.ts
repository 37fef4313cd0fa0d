import type { Collection } from 'mongodb';
import type { Position } from '#kernel/position.js';
import type { Stall } from '../read-store.js';
import { asking } from './connection.js';
import { positionFrom } from './document.js';

/**
 * A lane's checkpoint lies among the documents that it stands for: both are then written by one command, in order, and whatever becomes
 * of the server keeps a beginning of it. Views begin with a letter, so `#` sorts before them all.
 */
export interface Checkpoint {
  readonly _id: string;
  readonly at: string | null;
  /** `Stall` as JSON text. */
  readonly stalled: string | null;
}

export const checkpointKey = (lane: number): string => `#${lane}`;

/** Makes those that are not there yet. */
export async function layCheckpoints(collection: Collection<Checkpoint>, lanes: number): Promise<void> {
  const fresh = { at: null, stalled: null };
  await asking(() =>
    collection.bulkWrite(
      Array.from({ length: lanes }, (_, lane) => ({
        updateOne: { filter: { _id: checkpointKey(lane) }, update: { $setOnInsert: fresh }, upsert: true },
      })),
      { ordered: false },
    ),
  );
}

export interface LaneState {
  readonly checkpoint: Position | null;
  readonly stalled: Stall | null;
}

/** By lane. A lane without a document is at the beginning. */
export async function laneStates(collection: Collection<Checkpoint>, lanes: number): Promise<LaneState[]> {
  const found = await asking(() => collection.find({ _id: { $gte: '#', $lt: '$' } }).toArray());
  const byKey = new Map(found.map((one) => [one._id, one]));
  return Array.from({ length: lanes }, (_, lane) => {
    const one = byKey.get(checkpointKey(lane));
    const stalled = one?.stalled ?? null;
    // written by `setStalled` only
    return { checkpoint: positionFrom(one?.at), stalled: stalled === null ? null : (JSON.parse(stalled) as Stall) };
  });
}
