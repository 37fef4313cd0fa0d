import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { refused } from '#kernel/errors.js';
import { ConfigError, type Config } from '#platform/config/config.js';
import type { IdentityHasher } from '#platform/identity.js';
import { hmacHex, keyedHasher, loadIdentityKey, type IdentityKey } from '#privacy/identity-key.js';

/**
 * The installation's hasher, with the configured key or the one kept in the data folder. Throws `CONFIG.DIFFERS_FROM_LEDGER` when it is
 * not the key that this ledger began with: every identity would silently count as new. Throws ConfigError where a ledger that several
 * machines may share has no configured key: each would make its own.
 */
export function openIdentity(config: IdentityConfig): IdentityHasher {
  const { dataFolder, identityKey } = config;
  const shared =
    config.ledgerAddress !== undefined ? 'CONCORD_LEDGER' : config.keysAddress !== undefined ? 'CONCORD_KEYS' : null;
  if (shared !== null && identityKey === undefined)
    throw new ConfigError(
      `CONCORD_IDENTITY_KEY is unset; it takes at least 32 characters of secret text, the same on every machine, since ${shared} names a server`,
    );
  const key = loadIdentityKey(join(dataFolder, 'identity.key'), identityKey);
  assertSame(join(dataFolder, 'identity.check'), key);
  return keyedHasher(key);
}

type IdentityConfig = Pick<Config, 'dataFolder' | 'identityKey' | 'ledgerAddress' | 'keysAddress'>;

/** What is kept to tell keys apart says nothing about the key. */
function assertSame(file: string, key: IdentityKey): void {
  const mark = hmacHex(key, 'which key is this?');
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, `${mark}\n`);
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // an Error of node:fs has a code
    const known = readFileSync(file, 'utf8').trim();
    if (known === mark || known === '') return; // empty: another process is writing it this moment
    throw refused(
      'CONFIG.DIFFERS_FROM_LEDGER',
      'CONCORD_IDENTITY_KEY (or the identity.key in the data folder) is not the key that this ledger began with: set the one from its first start',
    );
  }
}
