import { answerStatements } from '#incentives/read/statements/answer-statements.js';
import { foldBook } from '#incentives/statements/fold-book.js';
import { knownBook } from '#incentives/statements/known-book.js';
import { statementsOf } from '#incentives/statements/statements-of.js';
import { recordBook } from '#incentives/testing/record-book.js';
import type { Benchmark, Row, Settings } from './benchmark.js';
import { bonusYear, PEOPLE } from './support/bonus-year.js';
import { median, processorSeconds } from './support/compare.js';
import { openLedger } from './support/ledger.js';
import { milliseconds, numberText } from './support/words.js';

const QUESTIONS = 20;
const GOAL_MS = 200;

/**
 * What a year's statements of a hundred people cost: recomputed from the events alone, and asked of a server. By the processor time of the process, all its
 * threads, which what else a machine does disturbs least.
 */
export const statements: Benchmark = {
  name: 'statements',
  about: "a year's statements for 100 people: from the events alone, and as GET /bonuses/statements answers",
  async run(settings) {
    const events = bonusYear();
    return [recomputedRow(settings, events), ...(await askedRows(settings, events))];
  },
};

type Events = ReturnType<typeof bonusYear>;

function recomputedRow({ runs }: Settings, events: Events): Row {
  const times: number[] = [];
  let lines = 0;
  for (let run = -1; run < runs; run++) {
    const began = process.cpuUsage();
    const found = statementsOf(foldBook(events));
    if (run >= 0) times.push(processorSeconds(began) * 1_000);
    lines = found.reduce((sum, one) => sum + one.lines.length, 0);
  }
  const work = `${PEOPLE} people's statements of a year recomputed from ${numberText(events.length)} events, ${numberText(lines)} lines (processor time)`;
  return row(work, median(times));
}

async function askedRows({ folder }: Settings, events: Events): Promise<Row[]> {
  const ledger = await openLedger(folder);
  try {
    const { eventStore } = ledger;
    await recordBook(eventStore, events);
    const side = { side: ledger, known: knownBook(eventStore) };
    const first = await timed(() => answerStatements(side, {}));
    const times: number[] = [];
    for (let question = 0; question < QUESTIONS; question++) {
      // Something is recorded between any two: a leaver's handle changes what open periods say.
      const handle = `leaver.${question}`;
      const joined = { handle, team: 'sales', role: 'member', manager: null, aliases: [] };
      const stream = `member-${handle}`;
      const event = {
        eventId: stream,
        type: 'member.joined',
        position: 0,
        occurredAt: Date.now(),
        stream,
        actor: 'fiona',
      };
      await recordBook(eventStore, [{ ...event, data: joined }]);
      times.push(await timed(() => answerStatements(side, {})));
    }
    return [
      {
        ...row('the same as GET /bonuses/statements answers, first question of a process: reads the ledger', first),
        goal: '(once)',
        met: null,
      },
      row('the same, one more event recorded before each question, median', median(times)),
    ];
  } finally {
    await ledger.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  await work();
  return processorSeconds(began) * 1_000;
}

const row = (work: string, ms: number): Row => ({
  work,
  subject: milliseconds(ms),
  baseline: '',
  ratio: null,
  goal: `< ${GOAL_MS} ms`,
  met: ms < GOAL_MS,
});
