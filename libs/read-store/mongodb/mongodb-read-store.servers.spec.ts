import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positionOf } from '#kernel/position.js';
import { describeOnServer } from '../../../test/support/describe-on-server.js';
import { describeOnMongo } from '../../../test/support/mongo-server/describe-on-mongo.js';
import { mongoServerMissing, startMongoServer } from '../../../test/support/mongo-server/mongo-server.js';
import type { ReadStore } from '../read-store.js';
import { readStoreContract } from '../testing/read-store.contract.js';
import { openMongoReadStore } from './mongodb-read-store.js';

describeOnMongo('the MongoDB adapter', (mongo) => {
  readStoreContract('MongoDB', async () => {
    const address = mongo.database();
    const handles: ReadStore[] = [];
    return {
      async handle(options) {
        const store = await openMongoReadStore({ address, ...options });
        handles.push(store);
        return store;
      },
      async remove() {
        for (const store of handles) await store.close();
      },
    };
  });

  it.each(['', 'localhost', 'http://localhost/db', 'mongodb://localhost', 'mongodb://localhost/?w=1', 'mongodb:///db'])(
    'refuses the address "%s"',
    async (address) => {
      await expect(openMongoReadStore({ address })).rejects.toMatchObject({
        kind: 'malformed',
        code: 'READ_STORE.BAD_ADDRESS',
      });
    },
  );
});

describeOnServer('the MongoDB adapter, its server gone', mongoServerMissing(), () => {
  it('says that it is unavailable, and goes on when it is back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concord-read-'));
    const server = await startMongoServer({ file: join(folder, 'db') });
    const store = await openMongoReadStore({ address: `${server.address}/read` });
    const away = { kind: 'unavailable', code: 'READ_STORE.UNAVAILABLE' };
    const at = positionOf(1);
    const batch = {
      ...{ processor: 'one', generation: 1, lane: 0, from: null, to: at },
      writes: [{ view: 'lead', id: 'a', read: null, at, document: { name: 'Ann' } }],
    };
    try {
      await store.declare({ processor: 'one', version: 1, views: [{ view: 'lead', fields: [] }] }, 1);
      expect(await store.checkpoint('one', 1, 0)).toBeNull();
      const outages = store.outages?.();
      await server.stop();
      for (const ask of [
        () => store.status(),
        () => store.apply(batch),
        () => store.get('one', 1, 'lead', 'a'),
        () => store.find('one', 1, 'lead', { limit: 9 }),
      ]) {
        await expect(ask()).rejects.toMatchObject(away);
      }
      await server.restart();
      // Computed from what was read before the server was away.
      expect(await store.apply({ ...batch, outages })).toEqual({ stale: true, lost: [] });
      expect(await store.apply({ ...batch, outages: store.outages?.() })).toEqual({ stale: false, lost: [] });
      expect(await store.get('one', 1, 'lead', 'a')).toMatchObject({ document: { name: 'Ann' } });
    } finally {
      await store.close();
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});
