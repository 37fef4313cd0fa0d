import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { openKafkaPublisher } from '#publishing/kafka/kafka-publisher.js';
import { runRelay } from '#publishing/relay.js';
import { arrayEventStore } from '#publishing/testing/array-event-store.js';
import { consume } from '../../examples/kafka-consumer/consume.js';
import { openLeadsTable } from '../../examples/kafka-consumer/leads-table.js';
import { describeOnServer } from '../support/describe-on-server.js';
import { kafkaServerMissing, startKafka, type KafkaServer } from '../support/kafka-server/kafka-server.js';
import { EXPECTED, tellLeads } from '../support/told-leads.js';

describeOnServer('The consumer example', kafkaServerMissing(), () => {
  let server: KafkaServer;
  beforeAll(async () => {
    server = await startKafka();
  });
  afterAll(() => server.close());

  it('builds its table from the topic once, though it starts anew and every event lies there twice', async () => {
    const topic = `concord-test-${randomUUID()}`;
    const ledger = arrayEventStore();
    tellLeads(ledger);
    const stop = new AbortController();
    const publisher = openKafkaPublisher({ brokers: server.addresses, topic, partitions: 3 });
    const relay = runRelay({
      ...{ eventStore: ledger.store, publisher, contract: EVERY_PUBLIC_EVENT, signal: stop.signal },
    });
    const head = await ledger.store.head();
    while ((await relay.status()).position !== head) await delay(20);
    stop.abort();
    await relay.done;
    await publisher.close();

    const kafka = new Kafka({ brokers: [...server.addresses], logLevel: logLevel.NOTHING });
    const table = openLeadsTable(':memory:');
    // A group of its own each time: Kafka gives everything again.
    for (const groupId of ['first', 'second']) {
      const running = await consume({ kafka, topic, groupId: `${groupId}-${randomUUID()}`, table });
      while (JSON.stringify(table.rows()) !== JSON.stringify(EXPECTED)) await delay(20);
      await delay(200);
      await running.stop();
      expect(table.rows()).toEqual(EXPECTED);
    }
    table.close();
  }, 60_000);
});
