import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#event-store/event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { Config } from '#platform/config/config.js';
import type { KeyStore } from '#privacy/key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';

/** The events as they lie there: neither decrypted nor upcast. */
export const openEventStore = ({ dataFolder }: Pick<Config, 'dataFolder'>): Promise<EventStore> =>
  openSqliteEventStore({ file: ownFile(dataFolder, 'ledger.sqlite') });

export const openReadStore = ({ dataFolder }: Pick<Config, 'dataFolder'>): Promise<ReadStore> =>
  openSqliteReadStore({ file: ownFile(dataFolder, 'read.sqlite') });

export const openKeyStore = async ({ dataFolder }: Pick<Config, 'dataFolder'>): Promise<KeyStore> =>
  openSqliteKeyStore(ownFile(dataFolder, 'keys.sqlite'));

/** Readable by its owner only, wherever the folder lies; what SQLite puts beside a file takes its mode over. */
function ownFile(folder: string, name: string): string {
  const file = join(folder, name);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}
