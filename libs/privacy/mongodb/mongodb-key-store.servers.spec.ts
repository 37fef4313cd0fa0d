import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';
import { freshUuid } from '#kernel/ids.js';
import { describeOnMongo } from '../../../test/support/mongo-server/describe-on-mongo.js';
import { mongoServerMissing, startMongoServer } from '../../../test/support/mongo-server/mongo-server.js';
import { describeOnServer } from '../../../test/support/describe-on-server.js';
import { encryptingEventStore } from '../encrypting-event-store.js';
import { isSealed } from '../field-cipher.js';
import type { KeyStore } from '../key-store.js';
import { keyStoreContract } from '../testing/key-store.contract.js';
import { openMongoKeyStore } from './mongodb-key-store.js';

describeOnMongo('the MongoDB key store', (mongo) => {
  keyStoreContract('MongoDB', async () => {
    const address = mongo.database();
    const handles: KeyStore[] = [];
    return {
      async handle() {
        const store = await openMongoKeyStore({ address });
        handles.push(store);
        return store;
      },
      async remove() {
        for (const store of handles) await store.close();
      },
    };
  });

  it('lets one machine read what another has written, until the key is destroyed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concord-keys-'));
    const ledger = await openSqliteEventStore({ file: join(folder, 'ledger.sqlite') });
    const address = mongo.database();
    const [here, there] = [await openMongoKeyStore({ address }), await openMongoKeyStore({ address })];
    const personal = { 'lead.created': ['person'] };
    const [writer, reader] = [here, there].map((keys) => encryptingEventStore(ledger, keys, personal));
    const leads = Array.from({ length: 100 }, () => freshUuid());
    const payload = (lead: string) => ({ person: { firstName: `first ${lead}` }, company: 'Acme' });
    const reading = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      for await (const page of reader!.readAll({})) found.push(...page.events.map((event) => event.data()));
      return found;
    };
    try {
      for (const leadId of leads) {
        const event = anEvent({ type: 'lead.created', leadId, data: payload(leadId) });
        await writer!.append(`lead-${leadId}`, [event], { expected: 'no-stream' });
      }
      expect(await reading()).toEqual(leads.map(payload));
      const held = await reader!.readStream(`lead-${leads[0]!}`);
      const stored = (await ledger.readStream(`lead-${leads[0]!}`))[0]!.data() as { person: unknown };
      if (!isSealed(stored.person)) throw new Error('not sealed');
      await here.destroy([stored.person.k]);
      await sleep(300);
      expect(await reading()).toEqual([{ person: null, company: 'Acme' }, ...leads.slice(1).map(payload)]);
      expect(held[0]!.data()).toEqual({ person: null, company: 'Acme' });
    } finally {
      for (const one of [here, there, ledger]) await one.close();
      await rm(folder, { recursive: true });
    }
  });
});

describeOnServer('the MongoDB key store, its server gone', mongoServerMissing(), () => {
  it('says so, writes nothing without a key, and goes on when it is back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concord-keys-'));
    const server = await startMongoServer({ file: join(folder, 'db') });
    const keys = await openMongoKeyStore({ address: `${server.address}/keys` });
    try {
      await keys.ready?.({ subjects: ['one'] });
      await server.stop();
      const away = { kind: 'unavailable', code: 'PRIVACY.KEYS_UNAVAILABLE' };
      await sleep(300);
      await expect(keys.ready?.({ subjects: ['two'] })).rejects.toMatchObject(away);
      expect(() => keys.keyFor('two')).toThrow('PRIVACY.KEYS_UNAVAILABLE');
      await server.restart();
      await keys.ready?.({ subjects: ['two'] });
      expect(keys.keyFor('two').key).toHaveLength(32);
    } finally {
      await keys.close();
      await server.stop();
      await rm(folder, { recursive: true });
    }
  });
});
