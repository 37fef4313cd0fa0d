import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#event-store/event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import type { ReadStorePlace } from '#read-store/testing/read-store.contract.js';
import { happened, leadOf } from './tally.js';

/** A ledger and read models on disk, for one test. */
export interface Workbench {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  openReadStore(settings?: Parameters<ReadStorePlace['handle']>[0]): Promise<ReadStore>;
  /** Appends events n = [from, to) over `leads` leads, some of them forgotten now and then. */
  fill(from: number, to: number, leads: number): Promise<void>;
  /** All documents of the active (or that) generation, by id. */
  documents(processor: string, generation?: number): Promise<readonly unknown[]>;
  remove(): Promise<void>;
}

/** `openReadStore`: how to open a handle on the read models; default: a file of their own. */
export async function openWorkbench(openReadStore?: ReadStorePlace['handle']): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-subscriptions-'));
  const eventStore = await openSqliteEventStore({ file: join(folder, 'ledger.sqlite') });
  const open: ReadStorePlace['handle'] =
    openReadStore ?? ((settings) => openSqliteReadStore({ file: join(folder, 'read.sqlite'), ...settings }));
  const readStore = await open();
  const opened: ReadStore[] = [readStore];
  return {
    eventStore,
    readStore,

    async openReadStore(settings) {
      const store = await open(settings);
      opened.push(store);
      return store;
    },

    async fill(from, to, leads) {
      const appends: Promise<unknown>[] = [];
      for (let n = from; n < to; n += 1) {
        const lead = (n * 7919) % leads;
        const event = happened(
          n,
          lead,
          { amount: n },
          n % 97 === 0 ? 'lead.forgotten' : n % 11 === 0 ? 'lead.ignored' : 'lead.happened',
        );
        appends.push(eventStore.append(`lead-${leadOf(lead)}`, [event], { expected: 'any' }));
      }
      await Promise.all(appends);
    },

    async documents(processor, generation) {
      const active = generation ?? (await readStore.active(processor)).generation;
      return readStore.range(processor, active, 'tally', '', '~');
    },

    async remove() {
      for (const store of opened) await store.close();
      await eventStore.close();
      await rm(folder, { recursive: true });
    },
  };
}
