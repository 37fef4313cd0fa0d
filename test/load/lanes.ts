import type { Benchmark, Row } from './benchmark.js';
import { compare } from './support/compare.js';
import { rebuildInProcess } from './support/rebuild.js';
import { comparedRow, numberText } from './support/words.js';

/** A projector that catches up from the first event on, on more lanes than one, by the clock. More lanes than cores cannot help. */
export const lanes: Benchmark = {
  name: 'lanes',
  about: 'the projector on 1, 2 and 4 lanes',
  async run(settings) {
    const folder = await settings.ledgerOf(Math.ceil(settings.events / 5));
    const rows: Row[] = [];
    for (const count of [2, 4]) {
      let events = 0;
      const on = (lanesNow: number) => async (): Promise<number> => {
        const rebuilt = await rebuildInProcess(folder, lanesNow);
        events = rebuilt.events;
        return (rebuilt.events / rebuilt.ms) * 1_000;
      };
      const compared = await compare(on(count), on(1), { runs: Math.min(2, settings.runs), warmUps: 0 });
      rows.push(
        comparedRow(
          `projector, ${numberText(events)} events, ${count} lanes (worker threads) vs one, by the clock`,
          'events',
          compared,
          1,
        ),
      );
    }
    return rows;
  },
};
