import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DEAL_PERSONAL_FIELDS } from '#deals/events/personal-fields.js';
import type { EventStore } from '#event-store/event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { upcasterRegistry, upcastingEventStore } from '#event-store/upcasting.js';
import { LEAD_UPCASTERS } from '#leads/events/lead-upcasters.js';
import { LEAD_PERSONAL_FIELDS } from '#leads/events/personal-fields.js';
import { createRoster, type MemberRoster } from '#members/roster.js';
import { ensureOrganisation } from '#organisation/write/configure/ensure-organisation.js';
import type { Config } from '#platform/config/config.js';
import type { IdentityHasher } from '#platform/identity.js';
import type { Organisation } from '#platform/organisation.js';
import { encryptingEventStore } from '#privacy/encrypting-event-store.js';
import type { KeyStore } from '#privacy/key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import type { Processor } from '#subscriptions/processor.js';
import { openIdentity } from './identity.js';
import { processorsOf } from './processors.js';
import { usualLanes } from './usual-lanes.js';

export interface EmbeddedLedgerOptions {
  readonly dataFolder: string;
  readonly config: Pick<Config, 'timeZone' | 'currency' | 'fiscalYearStart' | 'identityKey'>;
}

/** One ledger in a folder, with everything that reads and writes it. Any number of processes and threads may have it open. */
export interface EmbeddedLedger {
  readonly dataFolder: string;
  /** Decrypting and upcasting; what others see is what was said. */
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly organisation: Organisation;
  readonly roster: MemberRoster;
  readonly hasher: IdentityHasher;
  readonly processors: readonly Processor[];
  close(): Promise<void>;
}

/**
 * Opens the ledger of a folder, or makes one there: the folder, its keys and its organisation. Throws `CONFIG.DIFFERS_FROM_LEDGER` where
 * the configuration says something else than what was recorded.
 */
export async function openEmbeddedLedger({ dataFolder, config }: EmbeddedLedgerOptions): Promise<EmbeddedLedger> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const hasher = openIdentity(dataFolder, config.identityKey);
  const stored = await openSqliteEventStore({ file: ownFile(dataFolder, 'ledger.sqlite') });
  const keys = openSqliteKeyStore(ownFile(dataFolder, 'keys.sqlite'));
  const eventStore = protectedStore(stored, keys);
  let readStore: ReadStore | null = null;
  const close = async (): Promise<void> => {
    await readStore?.close();
    await eventStore.close();
    keys.close();
  };
  try {
    const { timeZone, currency, fiscalYearStart } = config;
    const organisation = await ensureOrganisation(eventStore, { timeZone, currency, fiscalYearStart });
    readStore = await openSqliteReadStore({ file: ownFile(dataFolder, 'read.sqlite') });
    const processors = processorsOf(organisation);
    for (const { spec } of processors) await readStore.declare(spec, usualLanes());
    return {
      dataFolder,
      eventStore,
      readStore,
      organisation,
      roster: createRoster(eventStore),
      hasher,
      processors,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** On the way in: encrypt. On the way out: decrypt, then upcast. */
const protectedStore = (stored: EventStore, keys: KeyStore): EventStore =>
  upcastingEventStore(
    encryptingEventStore(stored, keys, { ...LEAD_PERSONAL_FIELDS, ...DEAL_PERSONAL_FIELDS }),
    upcasterRegistry(LEAD_UPCASTERS),
  );

/** Readable by its owner only, wherever the folder lies; what SQLite puts beside a file takes its mode over. */
function ownFile(folder: string, name: string): string {
  const file = join(folder, name);
  closeSync(openSync(file, 'a', 0o600));
  return file;
}
