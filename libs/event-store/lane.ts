/**
 * Which of 256 equal slots an event belongs to: that of its lead, else of its stream. FNV-1a over the UTF-16 units with a final
 * mix, folded to a byte. Ledgers store the slot of every event, so this function can never change.
 */
export function laneSlot(leadId: string | null, stream: string): number {
  const text = leadId ?? stream;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash & 0xff;
}

/** Slots, so the largest number of lanes. */
export const LANE_SLOTS = 256;

export const laneOf = (slot: number, lanes: number): number => slot % lanes;
