import { DomainError, refused } from '#kernel/errors.js';
import type { PublicRecord } from '../cloud-event.js';
import type { Publisher } from '../publisher.js';

/** A topic in memory: what several publishers share. */
export interface InMemoryTopic {
  readonly partitions: readonly PublicRecord[][];
  /** Deletes all records, as a retention time does. */
  empty(): void;
  isEmptied(partition: number): boolean;
}

export function inMemoryTopic(partitions: number): InMemoryTopic {
  const emptied = new Set<number>();
  const logs = Array.from({ length: partitions }, (): PublicRecord[] => []);
  return {
    partitions: logs,
    empty() {
      for (const [partition, log] of logs.entries()) if (log.splice(0).length > 0) emptied.add(partition);
    },
    isEmptied: (partition) => emptied.has(partition) && logs[partition]?.length === 0,
  };
}

export interface InMemoryPublisherOptions {
  readonly topic: InMemoryTopic;
  readonly partitions?: number;
  /** Called before each send: may throw, wait, or say how many of the records arrive before it fails. */
  readonly disturb?: (partition: number, records: readonly PublicRecord[]) => Promise<number | null> | number | null;
}

/** For tests, and for looking at what a relay would send. */
export function inMemoryPublisher({ topic, disturb, ...options }: InMemoryPublisherOptions): Publisher {
  const partitions = options.partitions ?? topic.partitions.length;
  return {
    partitions,
    async open() {
      if (partitions !== topic.partitions.length) {
        throw refused(
          'PUBLISHING.TOPIC_DIFFERS',
          `the topic has ${topic.partitions.length} partitions, ${partitions} were asked for`,
        );
      }
      let isClosed = false;
      return {
        tails: topic.partitions.map((log, partition) => ({
          last: log.at(-1)?.headers ?? null,
          isEmptied: topic.isEmptied(partition),
        })),
        async send(partition, records) {
          const arriving = (await disturb?.(partition, records)) ?? null;
          const log = topic.partitions[partition];
          if (isClosed || log === undefined) throw unavailable('the session is closed, or there is no such partition');
          log.push(...(arriving === null ? records : records.slice(0, arriving)));
          if (arriving !== null) throw unavailable('disturbed');
        },
        async close() {
          isClosed = true;
        },
      };
    },
    warnings: () => [],
    close: async () => undefined,
  };
}

const unavailable = (detail: string): DomainError => new DomainError('unavailable', 'PUBLISHING.UNAVAILABLE', detail);
