import { createHash, hash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/** 32 bytes: what identities and command bodies are hashed with. Without it nobody can test guesses of e-mail addresses. */
export type IdentityKey = Buffer & { readonly __identityKey: unique symbol };

const LEAST_CHARACTERS = 32;

/**
 * The key of an installation: from the configured text where there is one, else from the file, which is made (readable by its owner
 * only) where it is missing. Of several processes that make it at once one wins, and all read the same.
 */
export function loadIdentityKey(file: string, text?: string): IdentityKey {
  if (text !== undefined) return identityKeyOf(text);
  return identityKeyOf(readIfThere(file) ?? makeFile(file));
}

/** The same text gives the same key, wherever it stands. Throws an Error that never shows the text. */
export function identityKeyOf(text: string): IdentityKey {
  const secret = text.trim();
  if (secret.length < LEAST_CHARACTERS) {
    throw new Error(`an identity key takes at least ${LEAST_CHARACTERS} characters of secret text`);
  }
  return createHash('sha256').update('concord identity key\n').update(secret).digest() as IdentityKey; // 32 bytes
}

/**
 * HMAC-SHA-256 (RFC 2104) as 64 hex digits, by its definition H(K ^ opad, H(K ^ ipad, text)): every command takes one, and
 * `createHmac` prepares the key anew for each, which costs ten times the hashing (a spec holds the two together).
 */
export function hmacHex(key: IdentityKey, text: string): string {
  let pads = PADS.get(key);
  if (pads === undefined) {
    pads = { inner: padded(key, 0x36), outer: padded(key, 0x5c) };
    PADS.set(key, pads);
  }
  const inner = hash('sha256', Buffer.concat([pads.inner, Buffer.from(text)]), 'buffer');
  return hash('sha256', Buffer.concat([pads.outer, inner]), 'hex');
}

const BLOCK_BYTES = 64;
const PADS = new WeakMap<IdentityKey, { readonly inner: Buffer; readonly outer: Buffer }>();

/** The key is shorter than a block: filled up with zeros. */
const padded = (key: IdentityKey, pad: number): Buffer =>
  Buffer.from(Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (key[index] ?? 0) ^ pad));

/** What the edges name people and bodies by; a text of one kind never has the name of another kind's. */
export function keyedHasher(key: IdentityKey) {
  const nameOf = (...parts: readonly string[]): string => hmacHex(key, JSON.stringify(parts));
  return {
    /** Of a normalised address. */
    email: (address: string): string => nameOf('email', address),
    externalId: (system: string, id: string): string => nameOf('external-id', system, id),
    /** Of a command's canonical body. */
    digest: (body: string): string => nameOf('body', body),
  };
}

function makeFile(file: string): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    closeSync(handle);
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
