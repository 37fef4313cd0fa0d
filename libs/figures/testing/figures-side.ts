import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RecordedEvent } from '#kernel/envelope.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import type { Processor } from '#subscriptions/processor.js';
import type { FiguresDeps } from '../report/sight.js';
import { projectFigures, UTC_EUR, type ProjectOptions } from './projected.js';
import { toldEventStore } from './told-event-store.js';

/** Projects told events into a store of their own and asks them; the store is gone afterwards. */
export async function askFigures<T>(
  events: readonly RecordedEvent[],
  ask: (deps: FiguresDeps) => Promise<T>,
  options: ProjectOptions & { readonly also?: readonly Processor[] } = {},
): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'concord-figures-'));
  const readStore = await openSqliteReadStore({ file: path.join(folder, 'read.sqlite') });
  try {
    await projectFigures(readStore, events, { batch: 1000, ...options });
    for (const processor of options.also ?? [])
      await projectFigures(readStore, events, { batch: 1000, ...options, processor });
    return await ask({
      eventStore: toldEventStore(events),
      readStore,
      organisation: options.organisation ?? UTC_EUR,
      timeoutMs: 50,
    });
  } finally {
    await readStore.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
