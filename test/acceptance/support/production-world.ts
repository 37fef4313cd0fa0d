import { randomUUID } from 'node:crypto';
import { kafkaServerMissing, startKafka, type KafkaServer } from '../../support/kafka-server/kafka-server.js';
import { mongoServerMissing, startMongoServer, type MongoServer } from '../../support/mongo-server/mongo-server.js';
import { startEventStoreDouble, type EventStoreDouble } from '../../support/eventstoredb-double/eventstoredb-double.js';
import type { World } from './world.js';

/** Servers of the production engines, and which of their databases and topics belong to which data folder. */
export interface ProductionWorld extends World {
  enginesOf(data: string): Promise<Engines>;
  /** Ends all servers and removes what they wrote. */
  end(): Promise<void>;
}

export interface Engines {
  /** The test double of EventStoreDB: one ledger each. */
  readonly ledger: EventStoreDouble;
  /** Of the read models. */
  readonly mongo: MongoServer;
  readonly kafka: KafkaServer;
  readonly topic: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Why it cannot be had here, or null. */
export const productionMissing = (): string | null => mongoServerMissing() ?? kafkaServerMissing();

const PARTITIONS = 3;

/**
 * EventStoreDB (its double), a MongoDB-wire server and Kafka, with api, projectors and relay as processes of their own. `mongoFile`: keeps
 * the read models on disk, as far as that server does, and the keys on a server of their own, which is not to be killed: this one would
 * come back without the latest.
 */
export function productionWorld(options: { readonly mongoFile?: string } = {}): ProductionWorld {
  let mongo: Promise<MongoServer> | null = null;
  let keys: Promise<MongoServer> | null = null;
  let kafka: Promise<KafkaServer> | null = null;
  const engines = new Map<string, Promise<Engines>>();

  async function newEngines(): Promise<Engines> {
    mongo ??= startMongoServer({ file: options.mongoFile });
    keys ??= options.mongoFile === undefined ? mongo : startMongoServer();
    kafka ??= startKafka({ brokers: 1 });
    const [ledger, mongoServer, keyServer, kafkaServer] = await Promise.all([
      startEventStoreDouble(),
      mongo,
      keys,
      kafka,
    ]);
    const name = `story-${randomUUID()}`;
    return {
      ledger,
      mongo: mongoServer,
      kafka: kafkaServer,
      topic: name,
      settings: {
        CONCORD_LEDGER: ledger.address,
        CONCORD_READ_STORE: `${mongoServer.address}/${name}`,
        CONCORD_KEYS: `${keyServer.address}/${name}-keys`,
        CONCORD_IDENTITY_KEY: 'a secret of the stories, long enough to be one',
        CONCORD_KAFKA_BROKERS: kafkaServer.addresses.join(),
        CONCORD_TOPIC: name,
        CONCORD_TOPIC_PARTITIONS: String(PARTITIONS),
        CONCORD_TOPIC_REPLICAS: '1',
        CONCORD_LANES: '2',
      },
    };
  }

  function enginesOf(data: string): Promise<Engines> {
    let own = engines.get(data);
    if (own === undefined) {
      own = newEngines();
      engines.set(data, own);
    }
    return own;
  }

  return {
    processes: ['api', 'projector', 'projector', 'relay'],
    enginesOf,
    settingsOf: async (data) => (await enginesOf(data)).settings,
    async end() {
      const found = await Promise.allSettled(engines.values());
      await Promise.all(found.map(async (one) => (one.status === 'fulfilled' ? one.value.ledger.stop() : undefined)));
      await (await mongo)?.kill();
      await (await keys)?.kill();
      await (await kafka)?.close();
    },
  };
}
