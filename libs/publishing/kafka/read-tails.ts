import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, IHeaders, Kafka } from 'kafkajs';
import type { PublicRecord } from '../cloud-event.js';
import type { Tail } from '../publisher.js';

const LONGEST_WAIT_MS = 250;
const NONE: ReadonlyMap<number, PublicRecord['headers']> = new Map();

/** The last record of every partition. */
export async function readTails(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  closing: (disconnect: () => Promise<void>) => () => Promise<void>,
): Promise<readonly Tail[]> {
  const ends = (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({
    partition,
    low: BigInt(low),
    high: BigInt(high),
  }));
  const wanted = new Map(
    ends.filter(({ low, high }) => high > low).map(({ partition, high }) => [partition, high - 1n]),
  );
  const lasts = wanted.size === 0 ? NONE : await readRecords(kafka, admin, topic, wanted, closing);
  return ends
    .sort((a, b) => a.partition - b.partition)
    .map(({ partition, low, high }) => ({
      last: lasts.get(partition) ?? null,
      isEmptied: low === high && high > 0n,
    }));
}

/**
 * The headers of one record in each partition. This client reads only as a member of a group; the group is made for this, commits
 * nothing, and is removed.
 */
async function readRecords(
  kafka: Kafka,
  admin: Admin,
  topic: string,
  wanted: ReadonlyMap<number, bigint>,
  closing: (disconnect: () => Promise<void>) => () => Promise<void>,
): Promise<ReadonlyMap<number, PublicRecord['headers']>> {
  const groupId = `concord-relay-tails-${randomUUID()}`;
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: LONGEST_WAIT_MS,
    // Bounded by the session's own time limit.
    retry: { retries: 5 },
  });
  const close = closing(() => consumer.disconnect());
  try {
    await consumer.connect();
    await consumer.subscribe({ topic });
    const found = new Map<number, PublicRecord['headers']>();
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          eachBatch: async ({ batch }) => {
            const last = batch.messages.find(({ offset }) => BigInt(offset) === wanted.get(batch.partition));
            if (last !== undefined) found.set(batch.partition, headersOf(last.headers));
            if (found.size === wanted.size) resolve();
          },
        })
        .then(() => {
          for (const [partition, offset] of wanted) consumer.seek({ topic, partition, offset: offset.toString() });
        })
        .catch(reject);
    });
    return found;
  } finally {
    await close();
    // It would vanish by itself; nobody should have to wonder about it.
    await removeGroup(admin, groupId);
  }
}

async function removeGroup(admin: Admin, groupId: string): Promise<void> {
  const removing = admin.deleteGroups([groupId]).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([removing, delay(1_000)]);
}

const headersOf = (headers: IHeaders | undefined): PublicRecord['headers'] =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
