import { randomUUID } from 'node:crypto';
import { sha1 } from './sha1.js';

/** UUID text, lower case with hyphens. */
export type Uuid = string & { readonly __uuid: unique symbol };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isUuid = (text: string): text is Uuid => UUID.test(text);

/** A fresh random id. Only the edge makes one; everything inside is derived with `uuidv5`. */
export const freshUuid = (): Uuid => randomUUID() as Uuid; // randomUUID returns UUID text by contract

/** RFC 9562 version 5 (SHA-1, namespace then name). It stands in the append path, once an event and more. */
export function uuidv5(namespace: Uuid, name: string): Uuid {
  // No UTF-16 unit takes more than three bytes.
  const message = name.length * 3 <= MESSAGE.length - 16 ? MESSAGE : Buffer.alloc(16 + name.length * 3);
  writeUuid(namespace, message);
  const length = 16 + message.write(name, 16);
  const [a = 0, b = 0, c = 0, d = 0] = sha1(message.subarray(0, length));
  return uuidOfWords(a, (b & 0xffff0fff) | 0x5000, (c & 0x3fffffff) | 0x80000000, d);
}
const MESSAGE = Buffer.alloc(512);

export const uuidBytes = (id: Uuid): Buffer => writeUuid(id, Buffer.alloc(16));

/** Writes a UUID's 16 bytes to the beginning of `into` and gives that back. */
export function writeUuid<Bytes extends Uint8Array>(id: Uuid, into: Bytes): Bytes {
  let at = 0;
  for (let byte = 0; byte < 16; byte++) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) at++;
    into[byte] = ((NIBBLE[id.charCodeAt(at)] ?? 0) << 4) | (NIBBLE[id.charCodeAt(at + 1)] ?? 0);
    at += 2;
  }
  return into;
}
const NIBBLE = new Uint8Array(128);
for (let value = 0; value < 16; value++) NIBBLE[value.toString(16).charCodeAt(0)] = value;

/** The first 16 bytes as UUID text. */
export function uuidText(bytes: Uint8Array): Uuid {
  return hyphened(Buffer.from(bytes.buffer, bytes.byteOffset, 16).toString('hex'));
}

/** 32 hex digits, in lower case, as UUID text. */
export function hyphened(hex: string): Uuid {
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return text as Uuid; // the layout of a UUID
}

/** Four words of 32 bits as UUID text. Digits are put in place, not joined: five times as fast. */
function uuidOfWords(a: number, b: number, c: number, d: number): Uuid {
  putDigits(a, 0, 2, 4, 6);
  putDigits(b, 9, 11, 14, 16);
  putDigits(c, 19, 21, 24, 26);
  putDigits(d, 28, 30, 32, 34);
  return TEXT.toString('latin1') as Uuid; // hex digits between the hyphens that TEXT was made of
}
const TEXT = Buffer.alloc(36, '-');
const DIGITS = Buffer.from('0123456789abcdef');

/** The four bytes of a word, the highest first, each as two digits at its place. */
function putDigits(word: number, first: number, second: number, third: number, fourth: number): void {
  putByte(word >>> 24, first);
  putByte((word >>> 16) & 0xff, second);
  putByte((word >>> 8) & 0xff, third);
  putByte(word & 0xff, fourth);
}

function putByte(byte: number, at: number): void {
  TEXT[at] = DIGITS[byte >>> 4] ?? 0;
  TEXT[at + 1] = DIGITS[byte & 15] ?? 0;
}
