import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { describeOnServer, namedServer } from '../../../test/support/describe-on-server.js';
import { kafkaServerMissing, startKafka, type KafkaServer } from '../../../test/support/kafka-server/kafka-server.js';
import { readTopic } from '../../../test/support/kafka-server/read-topic.js';
import { publisherContract } from '../testing/publisher.contract.js';
import { openKafkaPublisher } from './kafka-publisher.js';

const named = namedServer('CONCORD_TEST_KAFKA');

describeOnServer('The Kafka publisher', named === null ? kafkaServerMissing() : null, () => {
  let server: KafkaServer | null = null;
  let brokers: readonly string[];
  let kafka: Kafka;
  beforeAll(async () => {
    if (named === null) server = await startKafka();
    brokers = server?.addresses ?? named?.split(',') ?? [];
    kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  });
  afterAll(async () => {
    await server?.close();
  });
  const newTopic = (): string => `concord-test-${randomUUID()}`;

  publisherContract(async () => {
    const topic = newTopic();
    return {
      open: async (partitions) => openKafkaPublisher({ brokers, topic, partitions }),
      read: async (partition) => (await readTopic(kafka, topic))[partition] ?? [],
      async empty() {
        const admin = kafka.admin();
        await admin.connect();
        const ends = await admin.fetchTopicOffsets(topic);
        await admin.deleteTopicRecords({
          topic,
          partitions: ends
            .filter(({ low, high }) => low !== high)
            .map(({ partition, high }) => ({ partition, offset: high })),
        });
        await admin.disconnect();
      },
    };
  });

  it('makes the topic so that nothing is deleted, and says what differs in one that others made', async () => {
    const [made, found] = [newTopic(), newTopic()];
    const ours = openKafkaPublisher({ brokers, topic: made, partitions: 2 });
    await (await ours.open()).close();
    expect(ours.warnings().filter(({ code }) => code === 'PUBLISHING.TOPIC_SETTING')).toEqual([]);

    const admin = kafka.admin();
    await admin.connect();
    const configEntries = [
      { name: 'cleanup.policy', value: 'compact' },
      { name: 'retention.ms', value: '604800000' },
    ];
    await admin.createTopics({ topics: [{ topic: found, numPartitions: 2, replicationFactor: 1, configEntries }] });
    await admin.disconnect();
    const theirs = openKafkaPublisher({ brokers, topic: found, partitions: 2 });
    await (await theirs.open()).close();
    const details = theirs.warnings().map(({ detail }) => detail);
    expect(details).toContainEqual(expect.stringContaining('cleanup.policy=compact, it should have delete'));
    expect(details).toContainEqual(expect.stringContaining('retention.ms=604800000, it should have -1'));
    expect(details).toContainEqual(expect.stringContaining('has one replica'));
  });

  it('leaves no consumer group behind', async () => {
    const publisher = openKafkaPublisher({ brokers, topic: newTopic(), partitions: 1 });
    const first = await publisher.open();
    await first.send(0, [{ key: 'k', timestamp: 1, headers: {}, value: '1' }]);
    await first.close();
    await (await publisher.open()).close();
    const admin = kafka.admin();
    await admin.connect();
    const groups = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    await admin.disconnect();
    expect(groups.filter((groupId) => groupId.startsWith('concord-relay-tails'))).toEqual([]);
  });
});

describe('The Kafka publisher without a cluster', () => {
  it('says that it is unavailable, within its time limit', async () => {
    const publisher = openKafkaPublisher({ brokers: ['127.0.0.1:1'], topic: 't', partitions: 1, openLimitMs: 1_000 });
    await expect(publisher.open()).rejects.toMatchObject({ kind: 'unavailable', code: 'PUBLISHING.UNAVAILABLE' });
    await publisher.close();
  });
});
