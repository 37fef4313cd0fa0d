import type { Team } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Instant } from '#kernel/time.js';
import { isSecretOf, partsOfKey, type Role } from './access-key.js';
import type { KeyRegister } from './key-register.js';

/** Who came in. */
export interface Principal {
  readonly keyId: string;
  readonly member: string;
  readonly role: Role;
  /** Where the roster does not know the member. */
  readonly team: Team;
}

/** Uses are noted this often at most: a key that works all day costs no write a request. */
const NOTE_EVERY_MS = 60_000;

/**
 * Turns an `Authorization` header into who came in: `Bearer <key>`, or `Basic` with the key as the password, which is what browsers send.
 * Throws 401 `ACCESS.KEY_MISSING`, `ACCESS.KEY_UNKNOWN` (nobody learns which part is wrong) and, only to who has the whole key,
 * `ACCESS.KEY_REVOKED`.
 */
export function authenticator(
  register: Pick<KeyRegister, 'find' | 'used'>,
  clock: () => Instant = Date.now,
): (authorization: string | undefined, allowBasic: boolean) => Promise<Principal> {
  const noted = new Map<string, Instant>();
  return async (authorization, allowBasic) => {
    const text = keyIn(authorization, allowBasic);
    if (text === null) throw unauthenticated('ACCESS.KEY_MISSING', 'this needs a key: Authorization: Bearer ck_…');
    const parts = partsOfKey(text);
    const key = parts === null ? null : await register.find(parts.id);
    if (parts === null || key === null || !isSecretOf(parts.secret, key))
      throw unauthenticated('ACCESS.KEY_UNKNOWN', 'there is no such key');
    if (key.revokedAt !== null) throw unauthenticated('ACCESS.KEY_REVOKED', 'this key was revoked');
    const now = clock();
    if (now - (noted.get(key.id) ?? -Infinity) >= NOTE_EVERY_MS) {
      noted.set(key.id, now);
      // A key lets in whether or not its use can be noted.
      await register.used(key.id, now).catch(() => undefined);
    }
    return { keyId: key.id, member: key.member, role: key.role, team: key.team };
  };
}

function keyIn(authorization: string | undefined, allowBasic: boolean): string | null {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic' || !allowBasic) return null;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

const unauthenticated = (code: string, detail: string): DomainError => new DomainError('unauthenticated', code, detail);
