import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb-event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';
import type { NewEvent } from '#kernel/envelope.js';
import { freshUuid } from '#kernel/ids.js';
import { startEventStoreDouble } from '../support/eventstoredb-double/eventstoredb-double.js';
import type { Benchmark } from './benchmark.js';
import { compare, rateOf } from './support/compare.js';
import { comparedRow } from './support/words.js';

const APPENDS = 1_500;
const IN_FLIGHT = 32;
const GOAL = 0.85;

/** The adapter against the client that it is made of, both on the test double: what the adapter itself costs, not what a server can do. */
export const eventStoreDb: Benchmark = {
  name: 'eventstoredb',
  about: 'append and read-all through the EventStoreDB adapter against its bare client, on the test double',
  async run(settings) {
    const server = await startEventStoreDouble();
    const store = await openEventStoreDb({ address: server.address });
    const client = EventStoreDBClient.connectionString(server.address);
    const credentials = { username: 'none', password: 'none' };

    const throughAdapter = async (): Promise<void> => {
      await inFlight((event) => store.append(`s-${freshUuid()}`, [event], { expected: 'no-stream' }));
    };
    const bareAppends = async (): Promise<void> => {
      await inFlight(({ eventId: id, type, data, ...metadata }) =>
        client.appendToStream(
          `s-${freshUuid()}`,
          jsonEvent({ id, type, data: data as Record<string, string>, metadata }),
          {
            expectedRevision: 'no_stream',
            credentials,
          },
        ),
      );
    };
    const appends = await compare(
      () => rateOf(APPENDS, throughAdapter),
      () => rateOf(APPENDS, bareAppends),
      settings,
    );

    let count = 0;
    for await (const page of store.readAll({})) count += page.events.length;
    let seen = 0;
    const readAdapter = async (): Promise<void> => {
      for await (const { events } of store.readAll({}))
        for (const event of events) if (event.data() !== null) seen += event.type.length + event.occurredAt;
    };
    const readBare = async (): Promise<void> => {
      for await (const { event } of client.readAll()) if (event?.data != null) seen += event.type.length;
    };
    const reads = await compare(
      () => rateOf(count, readAdapter),
      () => rateOf(count, readBare),
      settings,
    );
    if (seen === 0) throw new Error('nothing was read');
    await store.close();
    await client.dispose();
    await server.stop();
    return [
      comparedRow(`EventStoreDB: appends, ${IN_FLIGHT} in flight, vs bare client`, 'appends', appends, GOAL),
      comparedRow('EventStoreDB: read-all vs bare client', 'events', reads, GOAL),
    ];
  },
};

async function inFlight(append: (event: NewEvent) => Promise<unknown>): Promise<void> {
  let left = APPENDS;
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      while (left-- > 0)
        await append(anEvent({ leadId: freshUuid(), pass: 1, data: { company: 'Acme', note: 'x'.repeat(120) } }));
    }),
  );
}
