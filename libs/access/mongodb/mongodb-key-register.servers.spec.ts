import { describeOnMongo } from '../../../test/support/mongo-server/describe-on-mongo.js';
import type { KeyRegister } from '../key-register.js';
import { keyRegisterContract } from '../testing/key-register.contract.js';
import { openMongoKeyRegister } from './mongodb-key-register.js';

describeOnMongo('access keys in MongoDB', (mongo) => {
  keyRegisterContract('MongoDB', async () => {
    const address = mongo.database();
    const handles: KeyRegister[] = [];
    return {
      async handle() {
        const register = await openMongoKeyRegister({ address });
        handles.push(register);
        return register;
      },
      async remove() {
        for (const register of handles) await register.close();
      },
    };
  });
});
