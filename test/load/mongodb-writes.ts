import { MongoClient } from 'mongodb';
import { positionOf, type Position } from '#kernel/position.js';
import { openMongoReadStore } from '#read-store/mongodb/mongodb-read-store.js';
import type { ProcessorSpec, Write } from '#read-store/read-store.js';
import { namedServer } from '../support/describe-on-server.js';
import { mongoServerMissing, startMongoServer } from '../support/mongo-server/mongo-server.js';
import type { Benchmark } from './benchmark.js';
import { compare, rateOf } from './support/compare.js';
import { comparedRow } from './support/words.js';

const DOCUMENTS = 10_000;
const BATCH = 2_000;
const GOAL = 0.7;
const WORK = 'read-store writes in MongoDB vs bare bulk upserts of the same documents';

const SPEC: ProcessorSpec = {
  processor: 'bench',
  version: 1,
  views: [
    {
      view: 'lead',
      fields: [
        { name: 'stage', type: 'text' },
        { name: 'createdAt', type: 'number', sortable: true },
      ],
      search: ['name'],
    },
  ],
};

/** Guards, checkpoint, indexed fields and all, against a driver's loop that only has the documents. */
export const mongodbWrites: Benchmark = {
  name: 'mongodb-writes',
  about: 'read-store writes against bare bulk upserts (needs Java, or CONCORD_TEST_MONGODB)',
  async run(settings) {
    const named = namedServer('CONCORD_TEST_MONGODB');
    const missing = named === null ? mongoServerMissing() : null;
    if (missing !== null)
      return [{ work: WORK, subject: missing, baseline: '-', ratio: null, goal: `>= ${GOAL}`, met: null }];
    const own = named === null ? await startMongoServer() : null;
    const url = new URL(own?.address ?? named ?? '');
    url.pathname = `/concord-bench-${process.pid}`;
    const store = await openMongoReadStore({ address: url.href });
    const client = new MongoClient(url.href, { writeConcern: { w: 'majority', journal: true } });
    try {
      await store.declare(SPEC, 1);
      let position = 0;
      let collections = 0;
      const subject = async (): Promise<void> => {
        const generation = await store.begin('bench', 1);
        let from: Position | null = null;
        // Each document twice: new, and changed.
        for (const round of [0, 1]) {
          for (let first = 0; first < DOCUMENTS; first += BATCH) {
            const writes = Array.from({ length: BATCH }, (_, n): Write => {
              const at = positionOf(++position);
              const read = round === 0 ? null : positionOf(position - DOCUMENTS);
              return { view: 'lead', id: idOf(first + n), read, at, document: documentOf(first + n, round) };
            });
            const to = positionOf(position);
            const { stale, lost } = await store.apply({ processor: 'bench', generation, lane: 0, from, to, writes });
            if (stale || lost.length > 0) throw new Error('a batch was refused');
            from = to;
          }
        }
        await store.drop('bench', generation);
      };
      const baseline = async (): Promise<void> => {
        const collection = client.db().collection<{ _id: string }>(`bare-${++collections}`);
        for (const round of [0, 1]) {
          for (let first = 0; first < DOCUMENTS; first += BATCH) {
            await collection.bulkWrite(
              Array.from({ length: BATCH }, (_, n) => {
                const _id = idOf(first + n);
                return { replaceOne: { filter: { _id }, replacement: documentOf(first + n, round), upsert: true } };
              }),
            );
          }
        }
        await collection.drop();
      };
      const count = 2 * DOCUMENTS;
      const compared = await compare(
        () => rateOf(count, subject),
        () => rateOf(count, baseline),
        settings,
      );
      return [comparedRow(WORK, 'documents', compared, GOAL)];
    } finally {
      await client.db().dropDatabase();
      await client.close();
      await store.close();
      await own?.stop();
    }
  },
};

const idOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** As large as a lead's is. */
const documentOf = (n: number, round: number) => ({
  id: idOf(n),
  name: `Lead number ${n}`,
  company: `Company ${n % 700}`,
  stage: ['new', 'mql', 'sal', 'sql'][(n + round) % 4] ?? null,
  createdAt: 1_700_000_000_000 + n,
  owner: n % 3 === 0 ? null : `member-${n % 20}`,
  dimensions: { region: 'north', segment: n % 2 === 0 ? 'small' : 'large' },
  touches: Array.from({ length: 4 }, (_, i) => ({
    id: `${n}-${i}`,
    at: 1_700_000_000_000 + n * 10 + i,
    channel: 'email',
    campaign: 'spring',
    note: null,
  })),
});
