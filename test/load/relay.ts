import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel, type Message } from 'kafkajs';
import type { EventStore } from '#event-store/event-store.js';
import { START } from '#kernel/position.js';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { binaryRecord } from '#publishing/cloud-event.js';
import { openKafkaPublisher } from '#publishing/kafka/kafka-publisher.js';
import { partitionOf } from '#publishing/partition-of.js';
import { runRelay } from '#publishing/relay.js';
import { kafkaServerMissing, startKafka } from '../support/kafka-server/kafka-server.js';
import type { Benchmark } from './benchmark.js';
import { compare, rateOf } from './support/compare.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const PARTITIONS = 6;
const PAGE = 2_000;
const EVENTS = 100_000;
const WORK = 'relay: ledger to Kafka, vs a bare kafkajs producer sending the same batches';

/** Reading, mapping and sending, against sending alone what was mapped beforehand: same client, settings and batches, to one broker. */
export const relay: Benchmark = {
  name: 'relay',
  about: 'ledger to Kafka against a bare kafkajs producer that sends the same batches',
  async run(settings) {
    const missing = kafkaServerMissing();
    if (missing !== null)
      return [{ work: WORK, subject: `not run: ${missing}`, baseline: '', ratio: null, goal: '0.7', met: null }];
    const ledger = await openLedger(await settings.ledgerOf(Math.min(EVENTS, settings.events)));
    const server = await startKafka();
    try {
      const brokers = [...server.addresses];
      const pages = await batchesOf(ledger.eventStore);
      const count = pages.flat().reduce((sum, { messages }) => sum + messages.length, 0);
      settings.say(`${count} events`);
      const subject = () => relayed(ledger.eventStore, brokers, count);
      const baseline = () => sentBare(pages, brokers, count);
      return [comparedRow(WORK, 'events', await compare(subject, baseline, settings), 0.7)];
    } finally {
      await server.close();
      await ledger.close();
    }
  },
};

interface Batch {
  readonly partition: number;
  readonly messages: Message[];
}

async function batchesOf(store: EventStore): Promise<readonly (readonly Batch[])[]> {
  const pages: Batch[][] = [];
  for await (const { events } of store.readAll({ types: EVERY_PUBLIC_EVENT.types, pageSize: PAGE })) {
    const batches = Array.from({ length: PARTITIONS }, (_, partition): Batch => ({ partition, messages: [] }));
    for (const event of events) {
      const described = EVERY_PUBLIC_EVENT.of(event.type);
      if (described === undefined) continue;
      const { key, value, headers, timestamp } = binaryRecord(event, described, store.ledgerId, START);
      const partition = partitionOf(key, PARTITIONS);
      batches[partition]?.messages.push({
        ...{ key, value, headers: { ...headers }, partition },
        timestamp: String(timestamp),
      });
    }
    pages.push(batches.filter(({ messages }) => messages.length > 0));
  }
  return pages;
}

/** From an open session on: what a start costs is another question. */
async function relayed(eventStore: EventStore, brokers: readonly string[], count: number): Promise<number> {
  const stop = new AbortController();
  const publisher = openKafkaPublisher({ brokers, topic: `bench-${randomUUID()}`, partitions: PARTITIONS });
  // A topic that is there, as it is for every start but the first.
  await (await publisher.open()).close();
  const head = await eventStore.head();
  const relay = runRelay({
    ...{ eventStore, publisher, contract: EVERY_PUBLIC_EVENT, signal: stop.signal, pageSize: PAGE },
  });
  while ((await relay.status()).sessions === 0) await delay(1);
  const rate = await rateOf(count, async () => {
    while ((await relay.status()).position !== head) await delay(2);
  });
  const { sent, sessions } = await relay.status();
  stop.abort();
  await relay.done;
  await publisher.close();
  if (sent !== count || sessions !== 1) throw new Error(`${sent} of ${count} were sent, in ${sessions} sessions`);
  return rate;
}

async function sentBare(pages: readonly (readonly Batch[])[], brokers: string[], count: number): Promise<number> {
  const topic = `bench-${randomUUID()}`;
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const publisher = openKafkaPublisher({ brokers, topic, partitions: PARTITIONS });
  await (await publisher.open()).close();
  await publisher.close();
  const producer = kafka.producer({
    ...{ idempotent: true, maxInFlightRequests: 1 },
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition ?? 0,
  });
  await producer.connect();
  const rate = await rateOf(count, async () => {
    for (const batches of pages) {
      await Promise.all(batches.map(({ messages }) => producer.send({ topic, messages, acks: -1 })));
    }
  });
  await producer.disconnect();
  return rate;
}
