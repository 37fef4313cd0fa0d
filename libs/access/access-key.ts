import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';

/** What a key lets its holder do; `apps/api/route-roles.ts` says which routes. */
export const ROLES = ['marketing', 'sales', 'head', 'finance', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The team that a key acts for while the roster does not know its member; a head's is named when the key is made. */
export const TEAM_OF_ROLE: Readonly<Record<Role, Team>> = {
  marketing: 'marketing',
  sales: 'sales',
  head: 'management',
  finance: 'finance',
  auditor: 'management',
  admin: 'system',
};

/** A key as it is kept. The secret itself is kept nowhere. */
export interface AccessKey {
  /** Public: it stands in lists, in logs, and in the metadata of what was recorded with the key. */
  readonly id: string;
  /** Handle of the member (or a name for a program) that acts. */
  readonly member: string;
  readonly role: Role;
  readonly team: Team;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly createdAt: Instant;
  /** At most a minute old while it is used; null: never used. */
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** `ck_<id>_<secret>`: recognisable to whoever scans code for secrets. */
const TEXT = /^ck_([0-9a-z]{12})_([A-Za-z0-9_-]{43})$/;
const SECRET_BYTES = 32;

/** A new key's public id, the text that its holder gets to see once, and the hash that is kept. */
export function newKeyText(): { readonly id: string; readonly text: string; readonly hash: string } {
  const id = BigInt(`0x${randomBytes(8).toString('hex')}`)
    .toString(36)
    .padStart(13, '0')
    .slice(1);
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { id, text: `ck_${id}_${secret}`, hash: hashOf(secret) };
}

/** The parts of a key's text; null where it is none. */
export function partsOfKey(text: string): { readonly id: string; readonly secret: string } | null {
  const [, id, secret] = TEXT.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** In a time that does not depend on where the two differ. */
export const isSecretOf = (secret: string, { hash: kept }: Pick<AccessKey, 'hash'>): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(kept, 'hex'));

/**
 * A fast hash is enough, and right on every request: the secret is 256 random bits, so there is nothing to guess from the hash, unlike a
 * password, whose few bits a slow one has to protect (OWASP Password Storage Cheat Sheet is about those).
 */
const hashOf = (secret: string): string => hash('sha256', secret, 'hex');
