import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync, type KeyObject } from 'node:crypto';
import { DomainError } from '#kernel/errors.js';
import type { Json } from '#kernel/json.js';
import type { SubjectKey } from './key-store.js';

/** An encrypted value in its field's place: the key's id, and base64url of the nonce and of the ciphertext with its tag. */
export interface Sealed {
  readonly k: string;
  readonly iv: string;
  readonly ct: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM of the value's JSON. `place` says where it stands (event id and field) and is authenticated with it: a ciphertext that
 * was moved to another event or field does not open.
 */
export function seal({ id, key }: SubjectKey, place: string, value: Json): Sealed {
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', keyObject(key), nonce);
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { k: id, iv: nonce.toString('base64url'), ct: sealed.toString('base64url') };
}

/** The value; throws `PRIVACY.UNREADABLE` when key, place or bytes are not those of `seal`. */
export function unseal(key: Uint8Array, place: string, { iv, ct }: Sealed): Json {
  try {
    const sealed = Buffer.from(ct, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', keyObject(key), Buffer.from(iv, 'base64url'));
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const text =
      decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    return JSON.parse(text) as Json;
  } catch {
    throw new DomainError(
      'unavailable',
      'PRIVACY.UNREADABLE',
      `a personal field (${place}) cannot be decrypted with the key it names`,
    );
  }
}

/**
 * The runtime asks of bytes whether they are a KeyObject by catching what it throws if they are not, twice a call: that costs more than
 * the cipher. A KeyObject is asked nothing.
 */
function keyObject(key: Uint8Array): KeyObject {
  let made = KEY_OBJECTS.get(key);
  if (made === undefined) {
    made = createSecretKey(key);
    KEY_OBJECTS.set(key, made);
  }
  return made;
}
const KEY_OBJECTS = new WeakMap<Uint8Array, KeyObject>();

export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  return 'k' in value && 'iv' in value && 'ct' in value && typeof value.ct === 'string';
}

// Random nonces, drawn many at a time: a call into the system costs more than the encryption.
const nonces = Buffer.alloc(NONCE_BYTES * 256);
let used = nonces.length;

function freshNonce(): Buffer {
  if (used === nonces.length) {
    randomFillSync(nonces);
    used = 0;
  }
  const nonce = Buffer.from(nonces.subarray(used, used + NONCE_BYTES));
  used += NONCE_BYTES;
  return nonce;
}
