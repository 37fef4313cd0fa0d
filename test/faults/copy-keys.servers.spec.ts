import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { copyKeys } from '#privacy/copy-keys.js';
import { openMongoKeyStore } from '#privacy/mongodb/mongodb-key-store.js';
import { openSqliteKeyStore } from '#privacy/sqlite/sqlite-key-store.js';
import { start, startServer, succeeds, temporaryFolder } from '../acceptance/support/process.js';
import { movedLedger, personAt, personOf, SECRET } from '../acceptance/support/moved-ledger.js';
import { describeOnMongo } from '../support/mongo-server/describe-on-mongo.js';

describeOnMongo('Keys of personal data that move to MongoDB and back', (mongo) => {
  const folder = temporaryFolder();
  const [old, fresh, back] = ['old', 'new', 'back'].map((name) => path.join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  afterAll(() => folder.remove());

  it('open what either store has written', async () => {
    const lead = await movedLedger(old, fresh);
    const keys = mongo.database();
    const settings = {
      CONCORD_KEYS: keys,
      CONCORD_IDENTITY_KEY: readFileSync(path.join(old, 'identity.key'), 'utf8').trim(),
    };
    const without = path.join(folder.path, 'without');
    cpSync(fresh, without, { recursive: true });
    expect((await personOf(lead, without, { ...settings, CONCORD_KEYS: mongo.database() }))?.email).toBeUndefined();

    await succeeds(['keys', 'copy', '--from', `sqlite:${old}`, '--to', keys]);
    const server = await startServer(fresh, settings);
    const second = await server.post('/leads', { person: { email: 'grace@example.com' }, channel: 'email' });
    expect(second.status).toBe(201);
    expect(await personAt(server, lead)).toMatchObject({ email: SECRET });
    // The same person is found again: identities are hashed with the same key.
    expect((await server.post('/leads', { person: { email: SECRET.toLowerCase() } })).status).toBe(409);
    await server.stop();

    await succeeds(['copy', '--from', `sqlite:${fresh}`, '--to', `sqlite:${back}`]);
    await succeeds(['keys', 'copy', '--from', keys, '--to', `sqlite:${back}`]);
    cpSync(path.join(old, 'identity.key'), path.join(back, 'identity.key'));
    rmSync(old, { recursive: true });
    expect(await personOf(lead, back)).toMatchObject({ email: SECRET });
    expect(await personOf((second.body as { id: string }).id, back)).toMatchObject({ email: 'grace@example.com' });
  }, 240_000);

  it('are all there, although the command was killed on the way', async () => {
    const source = path.join(folder.path, 'many');
    await succeeds(['demo', '--leads', '10', '--no-wait', '--data', source]);
    const held = openSqliteKeyStore(path.join(source, 'keys.sqlite'));
    const drawn = Array.from({ length: 30_000 }, (_, n) => held.keyFor(`lead-${n}`));
    const address = mongo.database();
    const copy = ['keys', 'copy', '--from', `sqlite:${source}`, '--to', address];
    const target = await openMongoKeyStore({ address });
    try {
      const { child, done } = start(copy);
      const someAreThere = async (): Promise<boolean> => {
        for await (const page of target.held()) return page.length > 0;
        return false;
      };
      while (child.exitCode === null && !(await someAreThere())) await delay(5);
      child.kill('SIGKILL');
      const killed = (await done).code === null;
      const { adopted, known } = JSON.parse(await succeeds([...copy, '--json'])) as { adopted: number; known: number };
      // Where the command was faster than our eyes there was nothing left to finish.
      if (killed) expect(known).toBeGreaterThan(0);
      expect(adopted + known).toBeGreaterThanOrEqual(30_000);
      await target.ready?.({ ids: drawn.map(({ id }) => id) });
      for (const { id, key } of drawn) expect(target.key(id)).toEqual(key);
      expect(await copyKeys(held, target)).toEqual({ adopted: 0, known: adopted + known, destroyed: 0 });
    } finally {
      await held.close();
      await target.close();
    }
  }, 240_000);
});
