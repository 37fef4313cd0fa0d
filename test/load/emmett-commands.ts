import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Uuid } from '#kernel/ids.js';
import type { Benchmark, Row } from './benchmark.js';
import { compare, rateOf } from './support/compare.js';
import { EMMETT_SKIPPED, loadEmmett, type EmmettEvent, type EmmettSqlite } from './support/emmett.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const TOUCHES_A_LEAD = 5;
const CASES = [
  { many: 1, count: 600, goal: 4 },
  { many: 64, count: 6_400, goal: 12 },
] as const;

/** The same commands as `commands`, against Emmett's read, fold, decide, append over one shared connection. */
export const emmettCommands: Benchmark = {
  name: 'emmett-commands',
  about: "commands in process against Emmett's SQLite event store (when installed)",
  async run(settings) {
    const emmett = await loadEmmett();
    const workOf = (many: number): string =>
      `RecordTouch in process, ${many === 1 ? 'one at a time' : `${many} in flight`}, vs Emmett`;
    if (emmett === null) return CASES.map(({ many, goal }) => skipped(workOf(many), goal));
    const ledger = await openLedger(settings.folder);
    const { createLead, recordTouch } = leadCommands(ledger);
    const other = await openEmmett(emmett, join(settings.folder, 'emmett.sqlite'));
    const rows: Row[] = [];
    for (const { many, count, goal } of CASES) {
      const ours = async (): Promise<number> => {
        const leads: Uuid[] = [];
        await inFlight(count / TOUCHES_A_LEAD, 64, async (index) =>
          leads.push(await createLead(leadInput(index, false))),
        );
        return rateOf(count, () => inFlight(count, many, (index) => recordTouch(leads[index % leads.length] as Uuid))); // there are some
      };
      const theirs = async (): Promise<number> => {
        const leads = Array.from({ length: count / TOUCHES_A_LEAD }, () => `lead-${randomUUID()}`);
        for (const lead of leads) await other.touch(lead);
        return rateOf(count, () => inFlight(count, many, (index) => other.touch(leads[index % leads.length] ?? '')));
      };
      rows.push(
        comparedRow(
          workOf(many),
          'commands',
          await compare(ours, theirs, { ...settings, runs: Math.min(3, settings.runs) }),
          goal,
        ),
      );
    }
    other.close();
    await ledger.close();
    return rows;
  },
};

export const skipped = (work: string, goal: number): Row => ({
  work,
  subject: '-',
  baseline: EMMETT_SKIPPED,
  ratio: null,
  goal: `>= ${goal}x`,
  met: null,
});

/** Commands over one connection, one after the other: its transactions are the connection's, so two at a time would share one. */
async function openEmmett(emmett: EmmettSqlite, fileName: string) {
  const connection = emmett.sqliteConnection({ fileName });
  await connection.command('PRAGMA synchronous = FULL');
  await emmett.createEventStoreSchema(connection);
  let last: Promise<unknown> = Promise.resolve();

  async function touchNow(stream: string): Promise<void> {
    const { events, currentStreamVersion, streamExists } = await emmett.readStream(connection, stream);
    const state = events.reduce(evolve, { touches: 0, lastKind: null });
    const data = { touchId: randomUUID(), ...TOUCH, touch: state.touches + 1 };
    const expectedStreamVersion = streamExists ? currentStreamVersion : 'STREAM_DOES_NOT_EXIST';
    const appended = await emmett.appendToStream(connection, stream, 'lead', [{ type: 'lead.touched', data }], {
      expectedStreamVersion,
    });
    if (!appended.success) throw new Error(`Emmett refused to append to ${stream}`);
  }

  return {
    touch(stream: string): Promise<void> {
      const mine = last.then(() => touchNow(stream));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: () => connection.close(),
  };
}

interface Touched {
  readonly touches: number;
  readonly lastKind: unknown;
}

const evolve = (state: Touched, event: EmmettEvent): Touched => ({
  touches: state.touches + 1,
  lastKind: event.data['kind'],
});

const TOUCH = {
  member: 'bench',
  team: 'marketing',
  kind: 'call',
  channel: 'outbound-call',
  campaign: 'spring',
  direction: 'outbound',
  automated: false,
  outcome: 'connected',
  note: 'Wants to hear more about the larger plan next week.',
};
