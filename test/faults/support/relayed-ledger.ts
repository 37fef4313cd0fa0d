import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { someEvents } from '#event-store/testing/an-event.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { partitionOf } from '#publishing/partition-of.js';
import { readByTheRule } from '#publishing/testing/read-by-the-rule.js';
import { readTopic } from '../../support/kafka-server/read-topic.js';

const NAMESPACE = '9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e' as Uuid;

/** A ledger on a file that somebody writes to, and what a topic must come to hold of it. */
export async function relayedLedger(partitions: number) {
  const folder = mkdtempSync(join(tmpdir(), 'concord-relayed-'));
  const file = join(folder, 'ledger.sqlite');
  const store = await openSqliteEventStore({ file });
  let written = 0;

  /** Events of some forty leads, hidden ones between them; no lead falls into the last partition: it stays quiet. */
  async function write(appends: number): Promise<void> {
    const writing = Array.from({ length: appends }, async () => {
      const number = written++;
      const leadId = leadOf(number % 40, partitions);
      const isHidden = number % 7 === 3;
      const events = someEvents(1 + (number % 4), (index) =>
        isHidden
          ? { type: 'identity.claimed', data: { kind: 'email', lead: leadId } }
          : {
              type: 'lead.assigned',
              leadId,
              pass: 1,
              data: { owner: `n${number}.${index}`, team: null, note: 'x'.repeat(200) },
            },
      );
      await store.append(isHidden ? `identity-${number}` : `lead-${leadId}`, events, { expected: 'any' });
    });
    await Promise.all(writing);
  }

  return {
    file,
    store,
    write,
    /** Throws unless a reader by the consumer rule finds in the topic just what the ledger holds, event by event. */
    async expectRelayed(brokers: readonly string[], topic: string) {
      const wanted = Array.from({ length: partitions }, (): string[] => []);
      for await (const { events } of store.readAll({ types: EVERY_PUBLIC_EVENT.types })) {
        for (const { eventId, leadId, stream } of events)
          wanted[partitionOf(leadId ?? stream, partitions)]?.push(eventId);
      }
      const records = await readTopic(new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }), topic);
      expect(records.map(readByTheRule)).toEqual(wanted);
      expect(wanted.at(-1)).toEqual([]);
      const lying = records.reduce((sum, { length }) => sum + length, 0);
      return { events: wanted.flat().length, repeats: lying - wanted.flat().length };
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type RelayedLedger = Awaited<ReturnType<typeof relayedLedger>>;

/** The lead of that number, counting only those that lie in another partition than the last. */
function leadOf(number: number, partitions: number): Uuid {
  for (let salt = 0; ; salt++) {
    const lead = uuidv5(NAMESPACE, `${number}.${salt}`);
    if (partitionOf(lead, partitions) !== partitions - 1) return lead;
  }
}
