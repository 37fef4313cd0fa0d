import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { describeOnServer, namedServer } from '../describe-on-server.js';
import { mongoServerMissing, startMongoServer, type MongoServer } from './mongo-server.js';

export interface MongoForTests {
  /** The address of a database of its own, dropped after the suite. */
  database(): string;
}

/** A suite on the MongoDB that `CONCORD_TEST_MONGODB` names (`mongodb://host:port`), else on a server of its own, in memory. */
export function describeOnMongo(title: string, suite: (mongo: MongoForTests) => void): void {
  const named = namedServer('CONCORD_TEST_MONGODB');
  describeOnServer(title, named === null ? mongoServerMissing() : null, () => {
    let own: MongoServer | null = null;
    let address = named ?? '';
    const databases: string[] = [];

    beforeAll(async () => {
      if (named !== null) return;
      own = await startMongoServer();
      address = own.address;
    });

    afterAll(async () => {
      if (own !== null) {
        await own.stop();
        return;
      }
      const client = new MongoClient(address);
      for (const name of databases) await client.db(name).dropDatabase();
      await client.close();
    });

    suite({
      database() {
        const name = `concord-test-${randomUUID()}`;
        databases.push(name);
        const url = new URL(address);
        url.pathname = `/${name}`;
        return url.href;
      },
    });
  });
}
