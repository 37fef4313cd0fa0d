import { describeOnMongo } from '../../../test/support/mongo-server/describe-on-mongo.js';
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
});
