import type { EventStore } from '../event-store.js';
import { eventStoreContract } from '../testing/event-store.contract.js';
import { startEventStoreDouble } from '../../../test/support/eventstoredb-double/eventstoredb-double.js';
import { openEventStoreDb } from './eventstoredb-event-store.js';

const NOW = Date.UTC(2026, 10, 23, 12);

eventStoreContract(
  'EventStoreDB (the test double)',
  async () => {
    const server = await startEventStoreDouble({ clock: NOW });
    let now = NOW;
    const opened: EventStore[] = [];
    const another = async (): Promise<EventStore> => {
      const store = await openEventStoreDb({ address: server.address, clock: () => now });
      opened.push(store);
      return store;
    };
    const store = await another();
    return {
      store,
      clock: {
        get now() {
          return now;
        },
        set now(to) {
          now = to;
          server.setClock(to);
        },
      },
      second: another,
      async reopen() {
        await store.close();
        return another();
      },
      async close() {
        for (const one of opened) await one.close();
        await server.stop();
      },
    };
  },
  { eventIdsKnownIn: 'stream' },
);
