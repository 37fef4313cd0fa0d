import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Uuid } from '#kernel/ids.js';
import type { Benchmark, Row, Settings } from './benchmark.js';
import { openBareInserts } from './support/bare-inserts.js';
import { compare, rateOf } from './support/compare.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const GOAL = 0.8;
/** Streams are short: a lead of the demo is touched about this often. */
const TOUCHES_A_LEAD = 5;

/** Commands through the real handlers and the composed ledger, against bare inserts with as many rows and commits. */
export const commands: Benchmark = {
  name: 'commands',
  about: 'commands in process against bare node:sqlite inserts of the same durability and grouping',
  async run(settings) {
    const ledger = await openLedger(settings.folder);
    const { createLead, recordTouch } = leadCommands(ledger);
    const rows: Row[] = [];
    let at = 0;
    const create = (email: boolean) => () => createLead(leadInput(at++, email));

    /** New leads for each run, made before the clock starts. */
    async function touching(count: number, many: number): Promise<number> {
      const leads: Uuid[] = [];
      await inFlight(count / TOUCHES_A_LEAD, 64, async () => leads.push(await create(false)()));
      return rateOf(count, () => inFlight(count, many, (index) => recordTouch(leads[index % leads.length] as Uuid))); // there are some
    }

    await touching(TOUCHES_A_LEAD, 1);
    const payload = payloadOf(settings);
    const bare = openBareInserts(join(settings.folder, 'bare.sqlite'), payload);
    const numbered = openBareInserts(join(settings.folder, 'numbered.sqlite'), payload, 'number');
    for (const [many, count] of [
      [1, 1_500],
      [64, 12_800],
    ] as const) {
      const how = many === 1 ? 'one at a time' : `${many} in flight`;
      const write = (work: () => Promise<unknown>) => () => rateOf(count, () => inFlight(count, many, work));
      const insert =
        (events: number, streams: number, into = bare) =>
        () =>
          rateOf(count, async () => into.insert(count * events, many * events, count * streams));
      const touches = await compare(() => touching(count, many), insert(1, 1 / TOUCHES_A_LEAD), settings);
      rows.push(comparedRow(`RecordTouch in process, ${how}, vs bare inserts`, 'commands', touches, GOAL));
      const creations = await compare(write(create(false)), insert(1, 1), settings);
      rows.push(comparedRow(`CreateLead in process, ${how}, vs bare inserts`, 'commands', creations, GOAL));
      const claims = await compare(write(create(true)), insert(2, 2), settings);
      rows.push(comparedRow(`CreateLead with an e-mail (2 events, 1 commit), ${how}`, 'commands', claims, GOAL));
      if (many === 1) continue;
      const least = await compare(write(create(false)), insert(1, 1, numbered), settings);
      const work = `CreateLead in process, ${how}, vs bare inserts with streams known by number`;
      rows.push({ ...comparedRow(work, 'commands', least, GOAL), goal: '-', met: null });
    }
    bare.close();
    numbered.close();
    await ledger.close();
    return rows;
  },
};

/** What the ledger itself stores for a touch, so that both write the same bytes. */
function payloadOf({ folder }: Settings): string {
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  const row = db.prepare('SELECT data FROM events ORDER BY position DESC LIMIT 1').get();
  db.close();
  return String(row?.['data']);
}
