import type { Kafka } from 'kafkajs';
import type { LeadsTable } from './leads-table.js';

export interface ConsumeOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly groupId: string;
  readonly table: LeadsTable;
}

/** Reads the topic into the table until it is stopped. Members of one group must share one table. */
export async function consume({ kafka, topic, groupId, table }: ConsumeOptions): Promise<{ stop(): Promise<void> }> {
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    // Kafka's own offsets only save reading again; what was taken is known from the table.
    eachBatch: async ({ batch }) => {
      table.take(
        batch.partition,
        batch.messages.map(({ headers, value }) => ({
          headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)])),
          value: String(value),
        })),
      );
    },
  });
  return { stop: () => consumer.disconnect() };
}
