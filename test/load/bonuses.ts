import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BONUS_EVENT_TYPES } from '#incentives/events/bonus-events.js';
import { START } from '#kernel/position.js';
import { catchUp } from '#subscriptions/catch-up.js';
import type { Benchmark, Row } from './benchmark.js';
import { median, processorSeconds } from './support/compare.js';
import { openLedger } from './support/ledger.js';
import { generatePayments } from './support/payments-ledger.js';
import { numberText } from './support/words.js';

const GOAL = 1.25;

/** What it costs to judge every payment and to record what it earns, beside projecting it: everything from the first event on, on one lane. */
export const bonuses: Benchmark = {
  name: 'bonuses',
  about: 'bonus evaluation of payments as they come, vs projecting them without it (payments: --events)',
  async run(settings) {
    const { events: payments, folder, ledgers, runs, say } = settings;
    const source = join(ledgers, `payments-${payments}`);
    await generatePayments(source, payments, say);
    const ratios: number[] = [];
    const rates: { with: number; without: number }[] = [];
    let recorded = 0;
    for (let run = 0; run < Math.min(3, runs); run++) {
      const order = run % 2 === 0 ? [true, false] : [false, true];
      const took = new Map<boolean, number>();
      for (const evaluated of order) {
        const { seconds, bonusEvents } = await projectCopy(source, join(folder, 'copy'), evaluated);
        took.set(evaluated, seconds);
        if (evaluated) recorded = bonusEvents;
      }
      const [subject, baseline] = [took.get(true) ?? Number.NaN, took.get(false) ?? Number.NaN];
      ratios.push(subject / baseline);
      rates.push({ with: payments / subject, without: payments / baseline });
      say(`with ${subject.toFixed(1)} s, without ${baseline.toFixed(1)} s of processor time`);
    }
    return [rowOf(payments, recorded, ratios, rates)];
  },
};

function rowOf(
  payments: number,
  recorded: number,
  ratios: readonly number[],
  rates: readonly { readonly with: number; readonly without: number }[],
): Row {
  const ratio = median(ratios);
  const rate = (which: 'with' | 'without'): string =>
    `${numberText(median(rates.map((one) => one[which])))} payments/s`;
  return {
    work: `projecting ${numberText(payments)} payments and judging each (${numberText(recorded)} bonus events recorded), vs without, processor time`,
    subject: rate('with'),
    baseline: rate('without'),
    ratio: { median: ratio, least: Math.min(...ratios), most: Math.max(...ratios) },
    goal: `< ${GOAL}x the time`,
    met: ratio < GOAL,
  };
}

/** Of a projection from nothing, seconds of processor time: by all processors, or by all but those of bonuses. The copy is removed. */
async function projectCopy(
  source: string,
  copy: string,
  evaluated: boolean,
): Promise<{ readonly seconds: number; readonly bonusEvents: number }> {
  cpSync(source, copy, { recursive: true });
  const ledger = await openLedger(copy);
  try {
    const { eventStore, readStore } = ledger;
    const processors = ledger.processors.filter(({ spec }) => evaluated || !spec.processor.startsWith('bonus'));
    const { lanes } = await readStore.active('figures');
    const before = process.cpuUsage();
    await catchUp({ eventStore, readStore, processors, lanes });
    const seconds = processorSeconds(before);
    let bonusEvents = 0;
    for await (const { events } of eventStore.readAll({ after: START, types: BONUS_EVENT_TYPES }))
      bonusEvents += events.length;
    return { seconds, bonusEvents };
  } finally {
    await ledger.close();
    rmSync(copy, { recursive: true, force: true });
  }
}
