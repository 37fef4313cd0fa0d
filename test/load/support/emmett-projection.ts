import { rateOfProcessor } from './compare.js';
import type { EmmettSqlite } from './emmett.js';
import { randomUUID } from 'node:crypto';

const EVENTS = 20_000;
const LEADS = 2_000;
/** Its default is 100; larger batches are in its favour, and no wait between them as little as it allows. */
const PULLING = { batchSize: 1_000, pullingFrequencyInMs: 1 };

/**
 * Emmett's consumer with one projection processor that folds each event into one document of its lead, all of it through its own
 * API. Gives events a second of processor time.
 */
export async function projectWithEmmett(emmett: EmmettSqlite, fileName: string): Promise<number> {
  const connection = emmett.sqliteConnection({ fileName });
  await emmett.createEventStoreSchema(connection);
  await connection.command('CREATE TABLE leads (id TEXT PRIMARY KEY, document TEXT NOT NULL)');
  const streams = Array.from({ length: LEADS }, () => `lead-${randomUUID()}`);
  for (let index = 0; index < LEADS; index++) {
    const events = Array.from({ length: EVENTS / LEADS }, (_, touch) => ({
      type: 'lead.touched',
      data: { touch, kind: 'call', channel: 'email' },
    }));
    await emmett.appendToStream(connection, streams[index] ?? '', 'lead', events, {
      expectedStreamVersion: 'STREAM_DOES_NOT_EXIST',
    });
  }
  connection.close();

  let seen = 0;
  const consumer = emmett.getSQLiteEventStore({ fileName }).consumer({ pulling: PULLING });
  consumer.processor({
    processorId: 'leads',
    startFrom: 'BEGINNING',
    projection: {
      name: 'leads',
      canHandle: ['lead.touched'],
      async handle(events, context) {
        for (const { data, metadata } of events) {
          const id = metadata.streamName;
          const stored = await context.connection.querySingle<{ document: string } | undefined>(
            'SELECT document FROM leads WHERE id = ?',
            [id],
          );
          const before = stored == null ? { touches: 0 } : (JSON.parse(stored.document) as { touches: number }); // written below
          const document = JSON.stringify({ touches: before.touches + 1, last: data });
          await context.connection.command(
            'INSERT INTO leads VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document',
            [id, document],
          );
        }
      },
    },
    stopAfter: () => ++seen === EVENTS,
  });
  const rate = await rateOfProcessor(EVENTS, () => consumer.start());
  await consumer.close();
  if (seen !== EVENTS) throw new Error(`Emmett projected ${seen} of ${EVENTS} events`);
  return rate;
}
