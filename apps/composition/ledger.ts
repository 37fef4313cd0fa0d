import { mkdirSync } from 'node:fs';
import { creditSetsOf, definedModels } from '#attribution/definitions.js';
import { pastChannels } from '#campaigns/channels.js';
import type { EventStore } from '#event-store/event-store.js';
import { upcasterRegistry, upcastingEventStore } from '#event-store/upcasting.js';
import { DomainError } from '#kernel/errors.js';
import { START } from '#kernel/position.js';
import { LEAD_UPCASTERS } from '#leads/events/lead-upcasters.js';
import { createRoster, type MemberRoster } from '#members/roster.js';
import { ensureOrganisation } from '#organisation/write/configure/ensure-organisation.js';
import { withoutCredentials } from '#platform/config/addresses.js';
import { ConfigError, type Config } from '#platform/config/config.js';
import { EVERY_PERSONAL_FIELD } from '#platform/every-personal-field.js';
import type { IdentityHasher } from '#platform/identity.js';
import type { Organisation } from '#platform/organisation.js';
import { encryptingEventStore } from '#privacy/encrypting-event-store.js';
import type { KeyStore } from '#privacy/key-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { watchLag, type LagWatch } from '#subscriptions/lag.js';
import type { Processor } from '#subscriptions/processor.js';
import { openIdentity } from './identity.js';
import { processorsOf } from './processors.js';
import { openEventStore, openKeyStore, openReadStore } from './stores.js';
import { usualLanes } from './usual-lanes.js';

/** One ledger with everything that reads and writes it. Any number of processes and threads may have it open. */
export interface Ledger {
  readonly config: Config;
  /** Decrypting and upcasting; what others see is what was said. */
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly organisation: Organisation;
  readonly roster: MemberRoster;
  readonly hasher: IdentityHasher;
  /** Grows when `discover` finds a model of attribution that was defined since. */
  readonly processors: readonly Processor[];
  discover(): Promise<void>;
  /** How far the read models are. */
  readonly lag: LagWatch;
  close(): Promise<void>;
}

/**
 * Opens the ledger that the configuration names, or makes it: the data folder, its keys and its organisation. Throws
 * `CONFIG.DIFFERS_FROM_LEDGER` where the configuration says something else than what was recorded, and, where it `mustExist` and does not,
 * `LEDGER.NOT_FOUND` before anything is made on a server.
 */
export async function openLedger(
  config: Config,
  { mustExist }: { readonly mustExist: boolean } = { mustExist: false },
): Promise<Ledger> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const hasher = openIdentity(config);
  const opened: { close(): Promise<void> | void }[] = [];
  const close = async (): Promise<void> => {
    for (const one of opened.toReversed()) await one.close();
  };
  try {
    const keys = await openKeyStore(config);
    opened.push(keys);
    const eventStore = protectedStore(await openEventStore(config), keys);
    opened.push(eventStore);
    if (mustExist && (await eventStore.head()) === START) throw noLedger(config);
    const { timeZone, currency, fiscalYearStart } = config;
    const organisation = await ensureOrganisation(eventStore, { timeZone, currency, fiscalYearStart });
    const readStore = await openReadStore(config);
    opened.push(readStore);
    await assertOwn(readStore, eventStore);
    const processors: Processor[] = [];
    const channels = await pastChannels(eventStore);
    const discover = async (): Promise<void> => {
      const credit = creditSetsOf(await definedModels(eventStore));
      for (const processor of processorsOf(eventStore, organisation, channels, credit)) {
        if (processors.some(({ spec }) => spec.processor === processor.spec.processor)) continue;
        await readStore.declare(processor.spec, usualLanes(config));
        processors.push(processor);
      }
    };
    await discover();
    const roster = createRoster(eventStore);
    const lag = watchLag(eventStore, readStore);
    return { config, eventStore, readStore, organisation, roster, hasher, processors, discover, lag, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const noLedger = ({ ledgerAddress, dataFolder }: Config): DomainError =>
  new DomainError(
    'not-found',
    'LEDGER.NOT_FOUND',
    `there is no ledger at ${ledgerAddress === undefined ? dataFolder : withoutCredentials(ledgerAddress)}`,
  );

/** For whoever needs no personal data: those fields stay encrypted, and there are no keys to open them with. */
export async function openSealedLedger(config: Config): Promise<EventStore> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  return upcastingEventStore(await openEventStore(config), upcasterRegistry(LEAD_UPCASTERS));
}

/** Read models of another ledger would be taken for this one's. */
async function assertOwn(readStore: ReadStore, { ledgerId }: EventStore): Promise<void> {
  const owner = await readStore.belongsTo(ledgerId);
  if (owner === ledgerId) return;
  throw new ConfigError(`the read models belong to the ledger ${owner}, not to ${ledgerId}: name an empty read store`);
}

/** On the way in: encrypt. On the way out: decrypt, then upcast. */
const protectedStore = (stored: EventStore, keys: KeyStore): EventStore =>
  upcastingEventStore(encryptingEventStore(stored, keys, EVERY_PERSONAL_FIELD), upcasterRegistry(LEAD_UPCASTERS));
