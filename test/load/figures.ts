import type { Ledger } from '#apps/composition/ledger.js';
import { answerFigures } from '#figures/report/figures.js';
import { METRICS } from '#figures/report/metrics.js';
import { instantText } from '#kernel/time.js';
import { catchUp } from '#subscriptions/catch-up.js';
import type { Benchmark, Row, Settings } from './benchmark.js';
import { quantile } from './support/compare.js';
import { openLedger } from './support/ledger.js';
import { milliseconds, numberText } from './support/words.js';

const QUESTIONS = 400;
/** Dimensions that the demo's leads and deals have. */
const DIMENSIONS = [
  'channel',
  'campaign',
  'content',
  'source',
  'owner',
  'team',
  'segment',
  'country',
  'product',
  'stage',
  'dealKind',
];

/** What `GET /figures` costs behind HTTP: any year of the ledger, live and as known at any moment. */
export const figures: Benchmark = {
  name: 'figures',
  about: 'figures live and as known at any moment: p99 of won and revenue by channel, of any metric by any dimension',
  async run(settings) {
    const sizes = settings.large ? [settings.events, settings.events * 10] : [settings.events];
    const rows: Row[] = [];
    for (const size of sizes) rows.push(...(await rowsAt(settings, size, size === sizes.at(-1))));
    return rows;
  },
};

async function rowsAt(settings: Settings, size: number, isLargest: boolean): Promise<Row[]> {
  const ledger = await openLedger(await settings.ledgerOf(size));
  const { eventStore, readStore, processors } = ledger;
  const { lanes } = await readStore.active('figures');
  await catchUp({ eventStore, readStore, processors, lanes });
  const first = (await eventStore.firstRecordedAt()) ?? 0;
  const last = (await eventStore.recordedAtOf(await eventStore.head())) ?? 0;
  const random = randomOf(size);
  const moment = (): string => instantText(Math.floor(first + random() * (last - first)));
  const years = [2024, 2025];
  const wonAndRevenue = { metrics: 'won,revenue', by: 'channel' };
  const year = (): string => String(years[Math.floor(random() * years.length)]);

  const events = `${numberText(Number(await eventStore.head()))} events`;
  const goal = isLargest && settings.large ? 50 : 10;
  const rows = [
    row(
      `won and revenue over 1 year by channel, live, p99, ${events}`,
      await ask(ledger, QUESTIONS, () => ({ ...wonAndRevenue, period: year() })),
      goal,
    ),
    row(
      `the same as known at any moment, p99, ${events}`,
      await ask(ledger, QUESTIONS, () => ({ ...wonAndRevenue, period: year(), knownAt: moment() })),
      goal,
    ),
  ];
  if (isLargest) {
    const ids = [...METRICS.keys()];
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // never empty
    // Each metric once before, so that none is read from disk within the clock.
    for (const metrics of ids) await ask(ledger, 1, () => ({ metrics }));
    const any = () => ({ metrics: pick(ids), by: pick(DIMENSIONS), ...(random() < 0.5 ? { knownAt: moment() } : {}) });
    rows.push(
      row(
        `any single metric by any dimension, all time, live or known at a moment, p99, ${events}`,
        await ask(ledger, QUESTIONS, any),
        100,
      ),
    );
  }
  await ledger.close();
  return rows;
}

/** Milliseconds of each question. */
async function ask(
  ledger: Ledger,
  count: number,
  question: () => Readonly<Record<string, string>>,
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let asked = -Math.ceil(count / 10); asked < count; asked++) {
    const query = question();
    const began = performance.now();
    const { rows } = await answerFigures(ledger, query);
    if (rows.length === 0 && query['knownAt'] === undefined && query['by'] === 'channel')
      throw new Error('the demo has figures for every year');
    if (asked >= 0) took.push(performance.now() - began);
  }
  return took;
}

function row(work: string, took: readonly number[], goal: number): Row {
  const p99 = quantile(took, 0.99);
  return {
    work,
    subject: `${milliseconds(p99)} (p50 ${milliseconds(quantile(took, 0.5))})`,
    baseline: '-',
    ratio: null,
    goal: `< ${goal} ms`,
    met: p99 < goal,
  };
}

/** The same questions in every run. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
