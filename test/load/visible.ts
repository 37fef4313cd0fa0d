import { answerFigures } from '#figures/report/figures.js';
import { followLedger } from '#apps/projector/follow-ledger.js';
import { openLanes } from '#apps/projector/lanes.js';
import { positionText, START } from '#kernel/position.js';
import { waitFor } from '#subscriptions/progress.js';
import type { Benchmark } from './benchmark.js';
import { quantile } from './support/compare.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { milliseconds } from './support/words.js';

const GOAL_MS = 50;
const APPENDS = 400;
const LEADS = 5_000;

/** From the moment a command is sent until a figure that counts it is answered, with the projector in its thread as the server has it. */
export const visible: Benchmark = {
  name: 'visible',
  about: 'from a command to a figure that counts it, p99',
  async run(settings) {
    const ledger = await openLedger(settings.folder);
    const { readStore, eventStore } = ledger;
    const { createLead } = leadCommands(ledger);
    await inFlight(LEADS, 64, (index) => createLead(leadInput(index, true)));
    const following = await followLedger({
      ...ledger,
      openLane: openLanes(ledger),
      onBroken: (error) => {
        throw error;
      },
    });
    await waitFor(readStore, eventStore, ['figures'], await eventStore.head(), 60_000);
    const took: number[] = [];
    for (let sent = -20; sent < APPENDS; sent++) {
      const began = performance.now();
      const lead = await createLead(leadInput(sent, false));
      const position = (await eventStore.readStream(`lead-${lead}`)).at(-1)?.position ?? START;
      await answerFigures(ledger, { metrics: 'leads', by: 'channel', minPosition: positionText(position) });
      if (sent >= 0) took.push(performance.now() - began);
    }
    await following.stop();
    await ledger.close();
    const p99 = quantile(took, 0.99);
    return [
      {
        work: 'append to visible in a figure, p99 (command, projection, answer)',
        subject: `${milliseconds(p99)} (p50 ${milliseconds(quantile(took, 0.5))})`,
        baseline: '-',
        ratio: null,
        goal: `< ${GOAL_MS} ms`,
        met: p99 < GOAL_MS,
      },
    ];
  },
};
