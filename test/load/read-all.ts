import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Benchmark } from './benchmark.js';
import { compare, rateOf } from './support/compare.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

/** A replay through the composed store, against the least that anybody would write. */
export const readAll: Benchmark = {
  name: 'read-all',
  about: 'reading the whole ledger against a bare SELECT + JSON.parse loop',
  async run(settings) {
    const folder = await settings.ledgerOf(settings.events);
    const ledger = await openLedger(folder);
    const loop = openBareLoop(folder);
    const count = Number(await ledger.eventStore.head());
    let seen = 0;

    async function envelopes(): Promise<void> {
      for await (const { events } of ledger.eventStore.readAll({})) {
        for (const event of events) seen += event.revision + event.type.length + event.occurredAt;
      }
    }
    async function payloads(): Promise<void> {
      for await (const { events } of ledger.eventStore.readAll({})) {
        for (const event of events) if (event.data() !== null) seen += event.type.length;
      }
    }
    const bare = () => rateOf(count, async () => loop.run());
    const rows = [
      comparedRow(
        'read-all, payload not asked for, vs SELECT + JSON.parse loop',
        'events',
        await compare(() => rateOf(count, envelopes), bare, settings),
        1,
      ),
      comparedRow(
        'read-all, every payload asked for (decrypted), vs the same loop',
        'events',
        await compare(() => rateOf(count, payloads), bare, settings),
        1,
      ),
    ];
    if (seen === 0) throw new Error('nothing was read');
    loop.close();
    await ledger.close();
    return rows;
  },
};

/**
 * The bare loop over a ledger's file: the columns that make an event, every payload parsed, a thousand rows at a time. Written as fast as it
 * can be: rows as arrays, ids as text that SQLite makes (a blob for each costs twice as much as all the rest of a row).
 */
export function openBareLoop(folder: string): { run(): number; close(): void } {
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  const page = db.prepare(
    `SELECT data, position, type, stream, revision, hex(event_id), hex(lead), pass, occurred_at, recorded_at, actor FROM events
     WHERE position > ? AND position <= ? ORDER BY position`,
  );
  page.setReturnArrays(true);
  const last = Number(db.prepare('SELECT max(position) AS last FROM events').get()?.['last']);
  return {
    run() {
      let parsed = 0;
      for (let from = 0; from < last; from += PAGE) {
        const rows = page.all(from, from + PAGE) as unknown as [data: string][]; // arrays, as set above
        for (const [data] of rows) if (JSON.parse(data) !== null) parsed++;
      }
      return parsed;
    },
    close: () => db.close(),
  };
}

const PAGE = 1_000;
