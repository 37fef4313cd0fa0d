import kafkajs, { type Admin } from 'kafkajs';
import { DomainError, refused } from '#kernel/errors.js';
import type { PublisherWarning } from '../publisher.js';

export interface TopicSettings {
  readonly topic: string;
  readonly partitions: number;
  readonly replicas: number | undefined;
}

const USUAL_REPLICAS = 3;
// Node does not find this one among the names that a CommonJS module exports.
const TOPIC_RESOURCE = kafkajs.ConfigResourceTypes.TOPIC;

/** Nothing is ever deleted or compacted, and what was acknowledged outlives a broker. */
const settingsFor = (replicas: number): Readonly<Record<string, string>> => ({
  'cleanup.policy': 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'min.insync.replicas': String(Math.max(1, replicas - 1)),
  'unclean.leader.election.enable': 'false',
  'message.timestamp.type': 'CreateTime',
  'max.message.bytes': '4194304',
});

/**
 * Makes the topic where it is missing, and says what differs from what it should be. Throws `PUBLISHING.TOPIC_DIFFERS` where the number
 * of partitions is another one: events of a lead would lie in two of them.
 */
export async function prepareTopic(admin: Admin, settings: TopicSettings): Promise<readonly PublisherWarning[]> {
  const { topic, partitions } = settings;
  const isNew = !(await admin.listTopics()).includes(topic);
  if (isNew) await createTopic(admin, settings);
  const found = (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions ?? [];
  if (found.length === 0)
    throw new DomainError('unavailable', 'PUBLISHING.UNAVAILABLE', `the topic ${topic} is not known yet`);
  if (found.length !== partitions) {
    throw refused(
      'PUBLISHING.TOPIC_DIFFERS',
      `the topic ${topic} has ${found.length} partitions, ${partitions} are configured; their number cannot change: take another topic, or that number`,
    );
  }
  const replicas = Math.min(...found.map((partition) => partition.replicas.length));
  return [...(await differences(admin, topic, replicas)), ...fewReplicas(topic, replicas)];
}

async function createTopic(admin: Admin, { topic, partitions, replicas }: TopicSettings): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const replicationFactor = replicas ?? Math.min(USUAL_REPLICAS, brokers.length);
  const configEntries = Object.entries(settingsFor(replicationFactor)).map(([name, value]) => ({ name, value }));
  // False when another relay has made it meanwhile.
  await admin.createTopics({
    waitForLeaders: true,
    topics: [{ topic, numPartitions: partitions, replicationFactor, configEntries }],
  });
}

async function differences(admin: Admin, topic: string, replicas: number): Promise<PublisherWarning[]> {
  const wanted = settingsFor(replicas);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC_RESOURCE, name: topic, configNames: Object.keys(wanted) }],
  });
  const found = new Map(resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]));
  return Object.entries(wanted).flatMap(([name, value]) => {
    const actual = found.get(name);
    if (actual === value || (name in AT_LEAST && Number(actual) >= Number(value))) return [];
    const detail = `the topic ${topic} has ${name}=${actual ?? '(unknown)'}, it should have ${value}: ${WHY[name] ?? 'the relay counts on it'}`;
    return [{ code: 'PUBLISHING.TOPIC_SETTING', detail }];
  });
}

const AT_LEAST: Readonly<Record<string, true>> = { 'max.message.bytes': true, 'min.insync.replicas': true };

const WHY: Readonly<Record<string, string>> = {
  'cleanup.policy': 'compaction would keep one event of a lead and delete the others',
  'retention.ms': 'events would be deleted, and a new reader would not get the whole history',
  'retention.bytes': 'events would be deleted, and a new reader would not get the whole history',
  'min.insync.replicas': 'what was acknowledged could be lost with one broker',
  'unclean.leader.election.enable': 'what was acknowledged could be lost with one broker',
  'message.timestamp.type': 'a record’s time is the moment at which the ledger knew the event',
  'max.message.bytes': 'a large event would not fit in',
};

const fewReplicas = (topic: string, replicas: number): PublisherWarning[] =>
  replicas >= 2
    ? []
    : [
        {
          code: 'PUBLISHING.ONE_REPLICA',
          detail: `the topic ${topic} has one replica: what was acknowledged is lost with its broker`,
        },
      ];
