import { dayText, parseDay, type Instant } from '#kernel/time.js';
import { printJson } from '../ask/ask.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { withLedger } from '../open-ledger.js';
import { progressBar } from '../output/progress.js';
import { numberText } from '../output/values.js';
import { followReadModels } from '../read-models.js';
import { DAY, END } from './company.js';
import { writeDemo } from './write-demo.js';

interface Options {
  readonly data?: string;
  readonly leads?: string;
  readonly seed?: string;
  readonly until?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

const MOST_LEADS = 10_000_000;

/** `concord demo`: made-up leads with a past of two years, in an empty ledger. The same leads, seed and end give the same events. */
export async function demoCommand(options: Options, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const leads = wholeNumber('--leads', options.leads, 1, MOST_LEADS);
  const seed = wholeNumber('--seed', options.seed, 0, 0xffff_ffff);
  const until = endOf(options.until);
  const report = await withLedger(options.data, env, { mustExist: false }, async (ledger) => {
    const { eventStore, hasher, organisation } = ledger;
    const following = options.wait === false ? null : await followReadModels(ledger);
    const bar = progressBar('demo', { unit: 'leads' });
    const began = performance.now();
    try {
      const demo = { leads, seed, currency: organisation.currency };
      const events = await writeDemo(
        { store: eventStore, identity: hasher },
        demo,
        (done) => bar.update(done, leads),
        until,
      );
      const seconds = (performance.now() - began) / 1000;
      bar.stop();
      await following?.waited();
      return { leads, seed, until: dayText(dayOf(until)), events, seconds };
    } finally {
      bar.stop();
      await following?.stop();
    }
  });
  if (options.json === true) printJson(report);
  else process.stdout.write(summary(report));
  return EXIT.done;
}

function wholeNumber(option: string, text: string | undefined, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new UsageError(`${option} takes a whole number from ${least} to ${numberText(most)}, not "${text ?? ''}"`);
  return value;
}

/** The story ends before this moment. Throws `UsageError`: it is told as something past. */
function endOf(text: string | undefined): Instant {
  const today = dayOf(Date.now());
  const day = text === undefined ? dayOf(END) : text === 'today' ? today : parseDay(text);
  if (day === null || day > today)
    throw new UsageError(
      `--until takes a day such as 2026-01-01, or "today", not "${text ?? ''}"; it is no day to come`,
    );
  return day * DAY;
}

const dayOf = (at: Instant): number => Math.floor(at / DAY);

interface DemoReport {
  readonly leads: number;
  readonly seed: number;
  readonly until: string;
  readonly events: number;
  readonly seconds: number;
}

function summary({ leads, seed, until, events, seconds }: DemoReport): string {
  const rate = numberText(Math.round(events / Math.max(seconds, 0.001)));
  const last = new Date(Date.parse(until) - 7 * DAY);
  const year = last.getUTCFullYear();
  const quarter = Math.floor(last.getUTCMonth() / 3) + 1;
  const [ago, agoYear] = quarter === 4 ? [1, year] : [quarter + 1, year - 1];
  const end = new Date(Date.UTC(agoYear, 3 * ago, 1)).toISOString().replace('.000', '');
  return `\
The story of ${numberText(leads)} leads in ${numberText(events)} events (seed ${seed}), two years that end by ${until}, told in ${seconds.toFixed(1)} s (${rate} events/s).

Try:
  concord kpi --period ${year}-Q${quarter}
  concord figures --metrics leads,won,netRevenue --by channel --period ${year}
  concord figures --metrics newPayingCustomers,profit --grain quarter
  concord attribution --models first-touch,last-touch,linear,markov-1 --period ${year}
  concord journeys --limit 10
  concord funnel --by channel --period ${agoYear}-Q${ago} --horizon-days 90
  concord kpi --period ${agoYear}-Q${ago} --known-at ${end}
  concord changes --metric revenue --period ${agoYear}-Q${ago} --known-from ${end}
`;
}
