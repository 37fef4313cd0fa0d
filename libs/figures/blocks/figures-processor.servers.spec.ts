import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { RecordedEvent } from '#kernel/envelope.js';
import { openMongoReadStore } from '#read-store/mongodb/mongodb-read-store.js';
import type { ReadStore } from '#read-store/read-store.js';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import { describeOnMongo } from '../../../test/support/mongo-server/describe-on-mongo.js';
import { projectFigures, UTC_EUR, type ProjectOptions } from '../testing/projected.js';
import { ledgers } from '../testing/random-ledger.js';
import { figuresProcessor } from './figures-processor.js';

const { spec } = figuresProcessor(UTC_EUR);
const VIEWS = spec.views.map(({ view }) => view);
// Positions far enough apart that a ledger of some dozen events spans several slots and epochs.
const GAPS = [1, 700, 5000];

describeOnMongo('the figures in MongoDB', (mongo) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'concord-figures-'));
  let files = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Digests of all that the figures keep. */
  const contents = (store: ReadStore, generation = 1): Promise<unknown> =>
    Promise.all(VIEWS.map(async (view) => [view, await store.digest(spec.processor, generation, view)]));

  async function onSqlite(events: readonly RecordedEvent[], options: ProjectOptions): Promise<unknown> {
    const store = await openSqliteReadStore({ file: path.join(folder, `${++files}.sqlite`) });
    await projectFigures(store, events, options);
    const found = await contents(store);
    await store.close();
    return found;
  }

  it.each([1, 4])(
    'are, byte by byte, those in SQLite, whatever the batches and restarts (%i lanes)',
    async (lanes) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...GAPS).chain((gap) => ledgers({ gap, maxSteps: 90 })),
          fc.integer({ min: 1, max: 30 }),
          fc.constantFrom(1, 3, Infinity),
          async (events, batch, reopenEvery) => {
            const store = await openMongoReadStore({ address: mongo.database() });
            try {
              await projectFigures(store, events, { lanes, batch, reopenEvery });
              expect(await contents(store)).toEqual(await onSqlite(events, { lanes, batch: 1000 }));
            } finally {
              await store.close();
            }
          },
        ),
        { numRuns: 12, endOnFailure: true },
      );
    },
    300_000,
  );

  it('are the same wherever a batch was torn, write by write', async () => {
    const [events = []] = fc.sample(ledgers({ gap: 700, maxSteps: 40 }), { numRuns: 1, seed: 7 });
    const address = mongo.database();
    const expected = await onSqlite(events, { batch: 1000 });
    const store = await openMongoReadStore({ address });
    await store.declare(spec, 1);
    let died = 0;
    for (let dieAt = 1; ; dieAt += 1) {
      const generation = await store.begin(spec.processor, 1);
      let steps = 0;
      const onStep = (): void => {
        steps += 1;
        if (steps === dieAt) throw new Error('died here');
      };
      const mortal = await openMongoReadStore({ address, onStep });
      const hasDied = await projectFigures(mortal, events, { generation, batch: 13 }).then(
        () => false,
        () => true,
      );
      await mortal.close();
      await projectFigures(store, events, { generation, batch: 13 });
      expect(await contents(store, generation)).toEqual(expected);
      await store.drop(spec.processor, generation);
      if (!hasDied) break;
      died += 1;
    }
    await store.close();
    expect(died).toBeGreaterThan(events.length);
  }, 300_000);
});
