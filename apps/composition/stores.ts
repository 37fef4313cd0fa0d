import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRegister } from '#access/key-register.js';
import { openSqliteKeyRegister } from '#access/sqlite/sqlite-key-register.js';
import type { EventStore } from '#event-store/event-store.js';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb-event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { Config } from '#platform/config/config.js';
import type { KeyStore } from '#privacy/key-store.js';
import { openMongoKeyStore } from '#privacy/mongodb/mongodb-key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openMongoReadStore } from '#read-store/mongodb/mongodb-read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';

/** The events as they lie there: neither decrypted nor upcast. */
export const openEventStore = ({ dataFolder, ledgerAddress }: Config): Promise<EventStore> =>
  ledgerAddress === undefined
    ? openSqliteEventStore({ file: ownFile(dataFolder, 'ledger.sqlite') })
    : openEventStoreDb({ address: ledgerAddress, indexFile: ownFile(dataFolder, 'index.sqlite') });

export const openReadStore = ({ dataFolder, readStoreAddress }: Config): Promise<ReadStore> =>
  readStoreAddress === undefined
    ? openSqliteReadStore({ file: ownFile(dataFolder, 'read.sqlite') })
    : openMongoReadStore({ address: readStoreAddress });

export const openKeyStore = async ({ dataFolder, keysAddress }: Config): Promise<KeyStore> =>
  keysAddress === undefined
    ? openSqliteKeyStore(ownFile(dataFolder, 'keys.sqlite'))
    : openMongoKeyStore({ address: keysAddress });

/** Access keys, apart from everything else. */
export async function openKeyRegister({ dataFolder, keysAddress }: Config): Promise<KeyRegister> {
  if (keysAddress === undefined) return openSqliteKeyRegister(ownFile(dataFolder, 'access.sqlite'));
  // The driver takes its time to load: only for whoever needs it.
  const { openMongoKeyRegister } = await import('#access/mongodb/mongodb-key-register.js');
  return openMongoKeyRegister({ address: keysAddress });
}

/** Readable by its owner only, wherever the folder lies; what SQLite puts beside a file takes its mode over. */
export function ownFile(folder: string, name: string): string {
  const file = join(folder, name);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}
