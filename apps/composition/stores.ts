import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRegister } from '#access/key-register.js';
import { openSqliteKeyRegister } from '#access/sqlite/sqlite-key-register.js';
import type { EventStore } from '#event-store/event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { Config } from '#platform/config/config.js';
import type { KeyStore } from '#privacy/key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';

// What is not in this process's files is loaded only by whoever names it: its clients take a quarter of a second, in every thread.

/** The events as they lie there: neither decrypted nor upcast. */
export async function openEventStore({ dataFolder, ledgerAddress }: Config): Promise<EventStore> {
  if (ledgerAddress === undefined) return openSqliteEventStore({ file: ownFile(dataFolder, 'ledger.sqlite') });
  const { openEventStoreDb } = await import('#event-store/eventstoredb/eventstoredb-event-store.js');
  return openEventStoreDb({ address: ledgerAddress, indexFile: ownFile(dataFolder, 'index.sqlite') });
}

export async function openReadStore({ dataFolder, readStoreAddress }: Config): Promise<ReadStore> {
  if (readStoreAddress === undefined) return openSqliteReadStore({ file: ownFile(dataFolder, 'read.sqlite') });
  const { openMongoReadStore } = await import('#read-store/mongodb/mongodb-read-store.js');
  return openMongoReadStore({ address: readStoreAddress });
}

export async function openKeyStore({ dataFolder, keysAddress }: Config): Promise<KeyStore> {
  if (keysAddress === undefined) return openSqliteKeyStore(ownFile(dataFolder, 'keys.sqlite'));
  const { openMongoKeyStore } = await import('#privacy/mongodb/mongodb-key-store.js');
  return openMongoKeyStore({ address: keysAddress });
}

/** Access keys, apart from everything else. */
export async function openKeyRegister({ dataFolder, keysAddress }: Config): Promise<KeyRegister> {
  if (keysAddress === undefined) return openSqliteKeyRegister(ownFile(dataFolder, 'access.sqlite'));
  const { openMongoKeyRegister } = await import('#access/mongodb/mongodb-key-register.js');
  return openMongoKeyRegister({ address: keysAddress });
}

/** Readable by its owner only, wherever the folder lies; what SQLite puts beside a file takes its mode over. */
export function ownFile(folder: string, name: string): string {
  const file = join(folder, name);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}
