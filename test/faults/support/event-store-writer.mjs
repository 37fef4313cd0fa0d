// Appends to the ledger named on the command line until it is killed, 16 appends in flight, and says of each on stdout what was
// acknowledged: `<stream> <revision of its last event> <group> <number of events>`.
import { writeSync } from 'node:fs';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { someEvents } from '#event-store/testing/an-event.js';

const store = await openSqliteEventStore({ file: process.argv[2] });
const name = process.argv[3];

async function write(writer) {
  for (let n = 0; ; n++) {
    const group = `${name}.${writer}.${n}`;
    const stream = n % 3 === 0 ? `new-${group}` : `shared-${(n + writer) % 5}`;
    const events = someEvents(1 + (n % 4), (index) => ({
      data: { group, index, of: 1 + (n % 4), text: 'x'.repeat(300) },
    }));
    const { revision } = await store.append(stream, events, { expected: 'any' });
    writeSync(1, `${stream} ${revision} ${group} ${events.length}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
