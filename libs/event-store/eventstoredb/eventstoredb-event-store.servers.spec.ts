import { freshUuid } from '#kernel/ids.js';
import type { EventStore } from '../event-store.js';
import { eventStoreContract, type ContractLedger } from '../testing/event-store.contract.js';
import { namedServer } from '../../../test/support/describe-on-server.js';
import { startEventStoreDouble } from '../../../test/support/eventstoredb-double/eventstoredb-double.js';
import { openEventStoreDb } from './eventstoredb-event-store.js';

const NOW = Date.UTC(2026, 10, 23, 12);
const named = namedServer('CONCORD_TEST_ESDB');

if (named === null) {
  eventStoreContract('EventStoreDB (the test double)', onTheDouble, { eventIdsKnownIn: 'stream' });
} else {
  eventStoreContract(`EventStoreDB (${named.replace(/\/\/.*@/, '//')})`, () => onServer(named), {
    ...{ eventIdsKnownIn: 'stream', clock: 'real' },
  });
}

async function onTheDouble(): Promise<ContractLedger> {
  const server = await startEventStoreDouble({ clock: NOW });
  let now = NOW;
  const open = (): Promise<EventStore> => openEventStoreDb({ address: server.address, clock: () => now });
  const clock = {
    get now() {
      return now;
    },
    set now(to) {
      now = to;
      server.setClock(to);
    },
  };
  return { clock, ...(await handles(open, () => server.stop())) };
}

/** In a namespace of its own, which stays there. */
async function onServer(address: string): Promise<ContractLedger> {
  const namespace = `~concord-test-${freshUuid()}~`;
  const clock = {
    get now() {
      return Date.now();
    },
    set now(_to) {
      throw new Error('nobody sets the clock of a server');
    },
  };
  return {
    clock,
    ...(await handles(
      () => openEventStoreDb({ address, namespace }),
      () => Promise.resolve(),
    )),
  };
}

async function handles(open: () => Promise<EventStore>, stop: () => Promise<void>) {
  const opened: EventStore[] = [];
  const another = async (): Promise<EventStore> => {
    const store = await open();
    opened.push(store);
    return store;
  };
  const store = await another();
  return {
    store,
    second: another,
    async reopen() {
      await store.close();
      return another();
    },
    async close() {
      for (const one of opened) await one.close();
      await stop();
    },
  };
}
