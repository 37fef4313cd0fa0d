import { openMongoReadStore } from '#read-store/mongodb/mongodb-read-store.js';
import { describeOnMongo } from '../../test/support/mongo-server/describe-on-mongo.js';
import { rebuildSuite } from './testing/rebuild.suite.js';
import { runnerSuite } from './testing/runner.suite.js';
import { openWorkbench, type Workbench } from './testing/workbench.js';

describeOnMongo('subscriptions, their read models in MongoDB', (mongo) => {
  const open = (): Promise<Workbench> => {
    const address = mongo.database();
    return openWorkbench((settings) => openMongoReadStore({ address, ...settings }));
  };
  runnerSuite('MongoDB', open);
  rebuildSuite('MongoDB', open);
});
