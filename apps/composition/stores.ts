import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRegister } from '#access/key-register.js';
import { openSqliteKeyRegister } from '#access/sqlite/sqlite-key-register.js';
import type { EventStore } from '#event-store/event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { ConfigError, type Config } from '#platform/config/config.js';
import type { KeyStore } from '#privacy/key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';

/** The events as they lie there: neither decrypted nor upcast. */
export async function openEventStore({ dataFolder, ledgerAddress }: Config): Promise<EventStore> {
  if (ledgerAddress !== undefined) throw notBuilt('CONCORD_LEDGER');
  return openSqliteEventStore({ file: ownFile(dataFolder, 'ledger.sqlite') });
}

export async function openReadStore({ dataFolder, readStoreAddress }: Config): Promise<ReadStore> {
  if (readStoreAddress !== undefined) throw notBuilt('CONCORD_READ_STORE');
  return openSqliteReadStore({ file: ownFile(dataFolder, 'read.sqlite') });
}

export async function openKeyStore({ dataFolder, keysAddress }: Config): Promise<KeyStore> {
  if (keysAddress !== undefined) throw notBuilt('CONCORD_KEYS');
  return openSqliteKeyStore(ownFile(dataFolder, 'keys.sqlite'));
}

/** Access keys, apart from everything else. */
export async function openKeyRegister({ dataFolder, keysAddress }: Config): Promise<KeyRegister> {
  if (keysAddress === undefined) return openSqliteKeyRegister(ownFile(dataFolder, 'access.sqlite'));
  // The driver takes its time to load: only for whoever needs it.
  const { openMongoKeyRegister } = await import('#access/mongodb/mongodb-key-register.js');
  return openMongoKeyRegister({ address: keysAddress });
}

const notBuilt = (name: string): ConfigError =>
  new ConfigError(`${name} names a server; this version takes sqlite only`);

/** Readable by its owner only, wherever the folder lies; what SQLite puts beside a file takes its mode over. */
function ownFile(folder: string, name: string): string {
  const file = join(folder, name);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}
