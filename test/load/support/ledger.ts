import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDemo } from '#apps/cli/demo/write-demo.js';
import { openLedger as openConfigured, type Ledger } from '#apps/composition/ledger.js';
import { readConfig } from '#platform/config/config.js';

/** The ledger as the app composes it: encrypted, upcasting, on disk. */
export const openLedger = (folder: string): Promise<Ledger> => openConfigured(readConfig({ CONCORD_DATA: folder }));

/** Read models are disposable: away with them. */
export function removeReadModels(folder: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `read.sqlite${ending}`), { force: true });
}

/** What the demo writes for a lead, by count; only sizes the generated ledger. */
const EVENTS_A_LEAD = 9;

/**
 * Fills a folder with the demo's stories: several teams, channels, passes, late and annulled touches, refunds. About `events` of them.
 * A folder that holds a finished ledger already is left as it is. Gives the number of events.
 */
export async function generateLedger(folder: string, events: number, say: (text: string) => void): Promise<number> {
  const done = join(folder, 'generated');
  if (existsSync(done)) return Number(readFileSync(done, 'utf8'));
  const ledger = await openLedger(folder);
  try {
    const { eventStore: store, hasher: identity, organisation } = ledger;
    const began = performance.now();
    const demo = { leads: Math.ceil(events / EVENTS_A_LEAD), seed: 7, currency: organisation.currency };
    const written = await writeDemo({ store, identity }, demo, () => undefined);
    const seconds = (performance.now() - began) / 1_000;
    say(`generated ${written} events of ${demo.leads} leads in ${seconds.toFixed(0)} s`);
    writeFileSync(done, String(written));
    return written;
  } finally {
    await ledger.close();
  }
}
