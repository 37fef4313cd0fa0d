import { measureRuleModels } from '#attribution/testing/measure-rule-models.js';
import { learnedCredit, type PathSum } from '#attribution/report/learned-credit.js';
import { answerAttribution } from '#attribution/report/attribution.js';
import { catchUp } from '#subscriptions/catch-up.js';
import type { Benchmark, Row, Settings } from './benchmark.js';
import { quantile } from './support/compare.js';
import { openLedger, removeReadModels } from './support/ledger.js';
import { milliseconds, numberText } from './support/words.js';

const PATHS = 1_000_000;
const RULES_GOAL = 0.5;
const LEARNED_GOAL = 50;
const SHARE_GOAL = 0.2;

/** What credit costs: the rule models alone, a learned model from its counts, a report on the ledger, and keeping it all current. */
export const attribution: Benchmark = {
  name: 'attribution',
  about: 'rule models against a bare loop, learned models from counts, the report, its share of projecting',
  async run(settings) {
    return [rulesRow(settings), learnedRow(settings), ...(await ledgerRows(settings))];
  },
};

function rulesRow({ runs }: Settings): Row {
  const { models, bare, ratio } = measureRuleModels({ paths: PATHS, runs });
  const rate = (perSecond: number): string => `${numberText(Math.round(perSecond))} path-models/s`;
  return {
    work: `all rule models over ${numberText(PATHS)} paths of mean length 5, vs a bare loop of linear credit over typed arrays`,
    subject: rate(models),
    baseline: rate(bare),
    ratio: { median: ratio, least: ratio, most: ratio },
    goal: `>= ${RULES_GOAL}`,
    met: ratio >= RULES_GOAL,
  };
}

/** Ten million touches of twelve channels on paths that repeat themselves, as those of people do: their counts, not their list. */
function learnedRow({ runs }: Settings): Row {
  const paths = countedPaths(10_000_000);
  const took: number[] = [];
  for (let run = -1; run < Math.max(5, runs); run++) {
    const began = performance.now();
    for (const model of ['markov-1', 'shapley'] as const)
      if (learnedCredit(model, paths).size === 0) throw new Error('every channel earns something');
    if (run >= 0) took.push(performance.now() - began);
  }
  const worst = quantile(took, 0.99);
  return {
    work: `Markov and Shapley from the counts of 10,000,000 touches (${numberText(paths.length)} different paths)`,
    subject: milliseconds(worst),
    baseline: '-',
    ratio: null,
    goal: `< ${LEARNED_GOAL} ms`,
    met: worst < LEARNED_GOAL,
  };
}

/** All paths of one to three different channels of twelve, as often as makes so many touches. */
function countedPaths(touches: number): readonly PathSum[] {
  const names = Array.from({ length: 12 }, (_, number) => `channel-${number}`);
  const lists: (readonly string[])[] = [];
  for (const a of names) {
    lists.push([a]);
    for (const b of names) {
      if (b === a) continue;
      lists.push([a, b]);
      for (const c of names) if (c !== b) lists.push([a, b, c]);
    }
  }
  const each = Math.ceil(touches / lists.reduce((sum, list) => sum + list.length, 0));
  return lists.map((channels, place) => {
    const conversions = Math.ceil((each * (1 + (place % 5))) / 100);
    return {
      channels,
      conversions,
      customers: conversions,
      open: each - conversions,
      payments: conversions,
      revenue: conversions * 10_000,
      costed: conversions,
      profit: conversions * 4_000,
    };
  });
}

async function ledgerRows({ ledgerOf, events, runs }: Settings): Promise<readonly Row[]> {
  const folder = await ledgerOf(events);
  const shares: number[] = [];
  for (let run = 0; run < Math.min(3, runs); run++) {
    const without = await processorTime(folder, false);
    const withCredit = await processorTime(folder, true);
    shares.push(1 - without / withCredit);
  }
  shares.sort((a, b) => a - b);
  const share = shares[Math.floor(shares.length / 2)] ?? 0;
  const ledger = await openLedger(folder);
  const took: number[] = [];
  for (let asked = -2; asked < 20; asked++) {
    const began = performance.now();
    await answerAttribution(ledger, { models: 'markov-1,shapley' });
    if (asked >= 0) took.push(performance.now() - began);
  }
  const count = numberText(Number(await ledger.eventStore.head()));
  await ledger.close();
  const worst = quantile(took, 0.99);
  return [
    {
      work: `share of credit and its counts in the processor time of projecting ${count} events`,
      subject: `${(share * 100).toFixed(1)} %`,
      baseline: '-',
      ratio: null,
      goal: `< ${SHARE_GOAL * 100} %`,
      met: share < SHARE_GOAL,
    },
    {
      work: `GET /attribution of Markov and Shapley by channel, all time, p99, ${count} events`,
      subject: `${milliseconds(worst)} (p50 ${milliseconds(quantile(took, 0.5))})`,
      baseline: '-',
      ratio: null,
      goal: `< ${LEARNED_GOAL} ms`,
      met: worst < LEARNED_GOAL,
    },
  ];
}

/** Of a projection from nothing in this process, ms: of all processors, or of all but attribution's. */
async function processorTime(folder: string, withCredit: boolean): Promise<number> {
  removeReadModels(folder);
  const ledger = await openLedger(folder);
  const { eventStore, readStore } = ledger;
  const processors = ledger.processors.filter(({ spec }) => withCredit || !spec.processor.startsWith('attribution'));
  const { lanes } = await readStore.active('figures');
  const before = process.cpuUsage();
  await catchUp({ eventStore, readStore, processors, lanes });
  const { user, system } = process.cpuUsage(before);
  await ledger.close();
  return (user + system) / 1_000;
}
