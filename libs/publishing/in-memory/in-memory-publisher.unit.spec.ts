import { publisherContract } from '../testing/publisher.contract.js';
import { inMemoryPublisher, inMemoryTopic, type InMemoryTopic } from './in-memory-publisher.js';

describe('The publisher in memory', () => {
  publisherContract(async () => {
    let topic: InMemoryTopic | null = null;
    return {
      open: async (partitions) => inMemoryPublisher({ topic: (topic ??= inMemoryTopic(partitions)), partitions }),
      read: async (partition) => topic?.partitions[partition] ?? [],
      empty: async () => topic?.empty(),
    };
  });
});
