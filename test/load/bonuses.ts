import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BONUS_EVENT_TYPES } from '#incentives/events/bonus-events.js';
import { START } from '#kernel/position.js';
import { catchUp } from '#subscriptions/catch-up.js';
import type { Benchmark } from './benchmark.js';
import { compare, processorSeconds } from './support/compare.js';
import { openLedger } from './support/ledger.js';
import { generatePayments } from './support/payments-ledger.js';
import { comparedRow, numberText } from './support/words.js';

/** A quarter slower at most, as a rate. */
const GOAL = 0.8;
/** Writes when there is enough to write, not by the clock: a busy machine would write more often. */
const TUNING = { catchUpFlushMs: 600_000 };

/** What it costs to judge every payment and to record what it earns, beside projecting it: everything from the first event on, on one lane. */
export const bonuses: Benchmark = {
  name: 'bonuses',
  about: 'bonus evaluation of payments as they come, vs projecting them without it (payments: --events)',
  async run(settings) {
    const { events: payments, folder, ledgers, runs, say } = settings;
    const source = join(ledgers, `payments-${payments}`);
    await generatePayments(source, payments, say);
    let recorded = 0;
    const rate = async (evaluated: boolean): Promise<number> => {
      const { seconds, bonusEvents } = await projectCopy(source, join(folder, 'copy'), evaluated);
      if (evaluated) recorded = bonusEvents;
      say(`${evaluated ? 'with' : 'without'} evaluation ${seconds.toFixed(1)} s of processor time`);
      return payments / seconds;
    };
    const compared = await compare(
      () => rate(true),
      () => rate(false),
      { runs: Math.min(3, runs) },
    );
    if (recorded === 0) throw new Error('no payment earned anything');
    const work = `projecting ${numberText(payments)} payments and judging each (${numberText(recorded)} bonus events recorded) vs without judging, a second of processor time`;
    return [comparedRow(work, 'payments', compared, GOAL)];
  },
};

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
    await catchUp({ eventStore, readStore, processors, lanes, tuning: TUNING });
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
