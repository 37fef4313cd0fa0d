import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { describeOnServer } from '../describe-on-server.js';
import { mongoServerMissing, startMongoServer } from './mongo-server.js';

describeOnServer('the MongoDB-wire server of the tests', mongoServerMissing(), () => {
  it('keeps its file over a clean stop, and comes back on it after kill -9', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concord-mongo-'));
    const server = await startMongoServer({ file: join(folder, 'db') });
    const client = new MongoClient(server.address);
    try {
      const numbers = client.db('test').collection<{ n: number }>('numbers');
      await numbers.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
      await server.stop();
      await server.restart();
      expect(await numbers.countDocuments()).toBe(500);
      await numbers.insertMany(Array.from({ length: 500 }, (_, n) => ({ n: n + 500 })));
      await server.kill();
      await server.restart();
      expect(await numbers.countDocuments()).toBeGreaterThanOrEqual(500);
    } finally {
      await client.close();
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});
