import { hash, randomUUID } from 'node:crypto';

/** UUID text, lower case with hyphens. */
export type Uuid = string & { readonly __uuid: unique symbol };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isUuid = (text: string): text is Uuid => UUID.test(text);

/** A fresh random id. Only the edge makes one; everything inside is derived with `uuidv5`. */
export const freshUuid = (): Uuid => randomUUID() as Uuid; // randomUUID returns UUID text by contract

/** RFC 9562 version 5 (SHA-1, namespace then name). Native hashing: it stands in the append path, twice a command. */
export function uuidv5(namespace: Uuid, name: string): Uuid {
  const digest = hash('sha1', Buffer.concat([uuidBytes(namespace), Buffer.from(name)]), 'buffer');
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return uuidText(digest);
}

export const uuidBytes = (id: Uuid): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** The first 16 bytes as UUID text. */
export function uuidText(bytes: Uint8Array): Uuid {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('hex');
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return text as Uuid; // 16 bytes in the layout of a UUID
}
