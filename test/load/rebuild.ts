import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Benchmark, Row, Settings } from './benchmark.js';
import { skipped } from './emmett-commands.js';
import { openBareLoop } from './read-all.js';
import { compare, rateOfProcessor } from './support/compare.js';
import { loadEmmett, type EmmettSqlite } from './support/emmett.js';
import { projectWithEmmett } from './support/emmett-projection.js';
import { rebuildInProcess, type Rebuilt } from './support/rebuild.js';
import { comparedRow, numberText } from './support/words.js';

const MOST_MEMORY = 768 * 2 ** 20;
const EMMETT_GOAL = 15;
const LANES_GOAL = 1.6;
const FACTS_GOAL = 30;

/** Everything that is projected, from the first event on: against a bare loop, against Emmett, on two lanes, its memory, the facts it leaves. */
export const rebuild: Benchmark = {
  name: 'rebuild',
  about: "rebuild of all views and figures: against a bare loop and Emmett, two lanes, memory, facts' bytes",
  async run(settings) {
    const folder = await settings.ledgerOf(settings.events);
    const loop = openBareLoop(folder);
    const count = loop.run();
    const runs = Math.min(3, settings.runs);
    const memory: number[] = [];
    /** Rates of one lane by the clock, for the comparison with two. */
    const clock: number[] = [];
    const onOneLane = async (): Promise<number> => {
      const rebuilt = await rebuildInProcess(folder, 1);
      memory.push(rebuilt.memory);
      clock.push(rate(rebuilt));
      return rebuilt.events / rebuilt.processor;
    };
    const size = numberText(count);
    const rows: Row[] = [];
    const bare = () => rateOfProcessor(count, async () => loop.run());
    const one = await compare(onOneLane, bare, { runs, warmUps: 0 });
    rows.push(
      comparedRow(
        `rebuild of all views and figures, ${size} events, one lane, vs SELECT + JSON.parse loop, a second of processor time`,
        'events',
        one,
        0.25,
      ),
    );
    rows.push(factsRow(folder, count));
    const emmett = await loadEmmett();
    const work = `the same vs Emmett's SQLite projection of one view, a second of processor time`;
    rows.push(emmett === null ? skipped(work, EMMETT_GOAL) : await emmettRow(emmett, work, settings, one.subject));
    const two = await compare(
      async () => rate(await rebuildInProcess(folder, 2)),
      async () => {
        await onOneLane();
        return clock.at(-1) ?? Number.NaN;
      },
      { runs: Math.min(2, runs), warmUps: 0 },
    );
    rows.push(
      comparedRow(`the same on two lanes (worker threads), vs one lane, by the clock`, 'events', two, LANES_GOAL),
    );
    rows.push(memoryRow(count, Math.max(...memory), settings.large ? await largeRebuild(settings) : null));
    loop.close();
    return rows;
  },
};

const rate = ({ events, ms }: Rebuilt): number => (events / ms) * 1_000;

async function largeRebuild(settings: Settings): Promise<Rebuilt> {
  return rebuildInProcess(await settings.ledgerOf(settings.events * 10), 1);
}

function memoryRow(count: number, memory: number, large: Rebuilt | null): Row {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
  const work = `memory of a rebuild, ${numberText(count)}${large === null ? '' : ` and ${numberText(large.events)}`} events (whole process, resident)`;
  const most = Math.max(memory, large?.memory ?? 0);
  return {
    work,
    subject: large === null ? megabytes(memory) : `${megabytes(memory)}, ${megabytes(large.memory)}`,
    baseline: '-',
    ratio: null,
    goal: 'same, < 768 MB',
    met: most < MOST_MEMORY && (large === null || large.memory < 1.25 * memory),
  };
}

/** Pages of the tables that hold facts, by SQLite's own count, for each event of the ledger. */
function factsRow(folder: string, count: number): Row {
  const db = new DatabaseSync(join(folder, 'read.sqlite'), { readOnly: true });
  const row = db
    .prepare(
      `SELECT sum(pgsize) AS bytes FROM dbstat WHERE name IN
         (SELECT name FROM sqlite_schema WHERE tbl_name GLOB 'doc figures * block' OR tbl_name GLOB 'doc figures * dimension')`,
    )
    .get();
  db.close();
  const bytes = Number(row?.['bytes']) / count;
  return {
    work: 'facts on disk, bytes an event (pages of the tables of facts)',
    subject: `${bytes.toFixed(1)} bytes`,
    baseline: '-',
    ratio: null,
    goal: `<= ${FACTS_GOAL}`,
    met: bytes <= FACTS_GOAL,
  };
}

/** Emmett projects a small share of the same ledger, since its rate does not grow with the number of events. */
async function emmettRow(emmett: EmmettSqlite, work: string, settings: Settings, subject: number): Promise<Row> {
  const rates: number[] = [];
  for (let run = 0; run < 3; run++) {
    const file = join(settings.folder, `projection-${run}.sqlite`);
    rates.push(await projectWithEmmett(emmett, file));
    rmSync(file);
  }
  const ratios = rates.map((theirs) => subject / theirs).sort((a, b) => a - b);
  const [least = 0, median = 0, most = 0] = ratios;
  return comparedRow(work, 'events', { median, least, most, subject, baseline: subject / median }, EMMETT_GOAL);
}
