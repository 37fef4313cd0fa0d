import { printJson } from '../ask/ask.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { withLedger } from '../open-ledger.js';
import { progressBar } from '../output/progress.js';
import { numberText } from '../output/values.js';
import { followReadModels } from '../read-models.js';
import { writeDemo } from './write-demo.js';

interface Options {
  readonly data?: string;
  readonly leads?: string;
  readonly seed?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

const MOST_LEADS = 10_000_000;

/** `concord demo`: made-up leads with a past of two years, in an empty ledger. */
export async function demoCommand(options: Options, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const leads = wholeNumber('--leads', options.leads, 1, MOST_LEADS);
  const seed = wholeNumber('--seed', options.seed, 0, 0xffff_ffff);
  const report = await withLedger(options.data, env, { mustExist: false }, async (ledger) => {
    const { eventStore, hasher, organisation } = ledger;
    const following = options.wait === false ? null : await followReadModels(ledger);
    const bar = progressBar('demo', { unit: 'leads' });
    const began = performance.now();
    try {
      const demo = { leads, seed, currency: organisation.currency };
      const events = await writeDemo({ store: eventStore, identity: hasher }, demo, (done) => bar.update(done, leads));
      const seconds = (performance.now() - began) / 1000;
      bar.stop();
      await following?.waited();
      return { leads, seed, events, seconds };
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

const summary = ({
  leads,
  seed,
  events,
  seconds,
}: {
  leads: number;
  seed: number;
  events: number;
  seconds: number;
}): string => `\
The story of ${numberText(leads)} leads in ${numberText(events)} events (seed ${seed}), told in ${seconds.toFixed(1)} s (${numberText(Math.round(events / Math.max(seconds, 0.001)))} events/s).

Try:
  concord kpi --period 2025-Q4
  concord figures --metrics leads,won,netRevenue --by channel --period 2025
  concord figures --metrics newPayingCustomers,profit --grain quarter
  concord funnel --by channel --period 2025-Q1 --horizon-days 90
  concord kpi --period 2025-Q1 --known-at 2025-04-01T00:00:00Z
`;
