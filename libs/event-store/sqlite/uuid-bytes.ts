import type { Uuid } from '#kernel/ids.js';

/** Writes a UUID's 16 bytes into `into`: no garbage, it stands in the append path three times an event. */
export function writeUuid(id: Uuid, into: Uint8Array): Uint8Array {
  let at = 0;
  for (let byte = 0; byte < 16; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) at++;
    into[byte] = ((NIBBLE[id.charCodeAt(at)] ?? 0) << 4) | (NIBBLE[id.charCodeAt(at + 1)] ?? 0);
    at += 2;
  }
  return into;
}

/** What `hex()` gives of a 16-byte id, as UUID text. */
export function uuidOfHex(hex: string): Uuid {
  const low = hex.toLowerCase();
  const text = `${low.slice(0, 8)}-${low.slice(8, 12)}-${low.slice(12, 16)}-${low.slice(16, 20)}-${low.slice(20)}`;
  return text as Uuid; // 32 hex digits in the layout of a UUID
}

const NIBBLE = new Uint8Array(128);
for (let value = 0; value < 16; value++) NIBBLE[value.toString(16).charCodeAt(0)] = value;
