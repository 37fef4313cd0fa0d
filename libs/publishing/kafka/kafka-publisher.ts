import { setTimeout as delay } from 'node:timers/promises';
import { DomainError } from '#kernel/errors.js';
import { Kafka, logLevel, type KafkaConfig, type Producer } from 'kafkajs';
import type { PublicRecord } from '../cloud-event.js';
import type { Publisher, PublisherWarning, PublishingSession } from '../publisher.js';
import { batchesOf } from './batches.js';
import { readTails } from './read-tails.js';
import { within } from './time-limit.js';
import { prepareTopic } from './topic.js';

export interface KafkaPublisherOptions {
  /** `host:port` of some brokers of the cluster. */
  readonly brokers: readonly string[];
  readonly topic: string;
  /** Of the topic, for ever: an event's partition follows from its key and this number. */
  readonly partitions: number;
  /** Of a topic that is made here (default 3, or as many as there are brokers). */
  readonly replicas?: number;
  /** TLS and sign-in, as kafkajs takes them. */
  readonly connection?: Pick<KafkaConfig, 'ssl' | 'sasl' | 'connectionTimeout'>;
  /** For one send, whatever the client does meanwhile (default 45 s). */
  readonly sendLimitMs?: number;
  /** For a session to open (default 60 s). */
  readonly openLimitMs?: number;
  /** Hears the client's warnings. */
  readonly log?: (message: string) => void;
}

const CLIENT = 'concord-relay';
/** Bounded, since an idempotent producer of this client otherwise tries for ever. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 8 };
const REQUEST_LIMIT_MS = 15_000;
const CLOSE_LIMIT_MS = 5_000;
const ATTEMPTS = 5;
const SETTLING_MS = 200;

/** A topic of a Kafka cluster. Nothing is asked of the cluster before `open`. */
export function openKafkaPublisher(options: KafkaPublisherOptions): Publisher {
  const { topic, partitions, sendLimitMs = 45_000, openLimitMs = 60_000, log } = options;
  const kafka = new Kafka({
    clientId: CLIENT,
    brokers: [...options.brokers],
    ...options.connection,
    requestTimeout: REQUEST_LIMIT_MS,
    retry: RETRY,
    logLevel: log === undefined ? logLevel.NOTHING : logLevel.WARN,
    logCreator: () => (entry) => log?.(entry.log.message),
  });
  const open = new Set<() => Promise<void>>();
  let warnings: readonly PublisherWarning[] = [];

  function closing(disconnect: () => Promise<void>): () => Promise<void> {
    let closed: Promise<void> | null = null;
    const close = (): Promise<void> =>
      (closed ??= within(CLOSE_LIMIT_MS, 'closing a connection', disconnect())
        .catch(() => undefined)
        .finally(() => open.delete(close)));
    open.add(close);
    return close;
  }

  /** A topic that was just made, or whose leader just moved, is not known everywhere at once; a new client asks anew. */
  async function sessionOnceKnown(): Promise<PublishingSession> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await session();
      } catch (error) {
        if (attempt === ATTEMPTS || !isAboutLeaders(error)) throw error;
        await delay(attempt * SETTLING_MS);
      }
    }
  }

  async function session(): Promise<PublishingSession> {
    const admin = kafka.admin();
    const closeAdmin = closing(() => admin.disconnect());
    try {
      await admin.connect();
      warnings = await prepareTopic(admin, { topic, partitions, replicas: options.replicas });
      const producer = kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        retry: RETRY,
        createPartitioner: () => givenPartition,
      });
      const closeProducer = closing(() => producer.disconnect());
      try {
        await producer.connect();
        const tails = await readTails(kafka, admin, topic, closing);
        return {
          tails,
          send: (partition, records) => send(producer, partition, records),
          close: closeProducer,
        };
      } catch (error) {
        await closeProducer();
        throw error;
      }
    } finally {
      await closeAdmin();
    }
  }

  async function send(producer: Producer, partition: number, records: readonly PublicRecord[]): Promise<void> {
    for (const batch of batchesOf(records)) {
      const messages = batch.map(({ key, value, headers, timestamp }) => ({
        ...{ key, value, headers, partition },
        timestamp: String(timestamp),
      }));
      // One partition a call: with several, this client loses records when a leader moves (docs/adr/0021).
      const sending = producer.send({ topic, messages, acks: -1, timeout: REQUEST_LIMIT_MS });
      await unavailableUnlessKnown(within(sendLimitMs, `sending to partition ${partition}`, sending));
    }
  }

  return {
    partitions,
    open: () => unavailableUnlessKnown(within(openLimitMs, 'opening a session', sessionOnceKnown())),
    warnings: () => warnings,
    async close() {
      await Promise.all([...open].map((close) => close()));
    },
  };
}

const LEADERS: ReadonlySet<unknown> = new Set([
  'NOT_LEADER_FOR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);
const isAboutLeaders = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'type' in error && LEADERS.has(error.type);

const givenPartition = ({ message }: { readonly message: { readonly partition?: number } }): number =>
  message.partition ?? 0;

async function unavailableUnlessKnown<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      'unavailable',
      'PUBLISHING.UNAVAILABLE',
      error instanceof Error ? error.message : String(error),
    );
  }
}
