import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyStore, SubjectKey } from '../key-store.js';

/** One place where keys are kept, and any number of handles on it. */
export interface KeyPlace {
  handle(): Promise<KeyStore>;
  /** Closes every handle and removes the place. */
  remove(): Promise<void>;
}

/** What every adapter of the key store promises. */
export function keyStoreContract(name: string, open: () => Promise<KeyPlace>): void {
  describe(`the key store on ${name}`, () => {
    let place: KeyPlace;
    let store: KeyStore;
    beforeEach(async () => {
      place = await open();
      store = await place.handle();
    });
    afterEach(() => place.remove());

    const keyFor = async (from: KeyStore, subject: string): Promise<SubjectKey> => {
      await from.ready?.({ subjects: [subject] });
      return from.keyFor(subject);
    };
    const key = async (from: KeyStore, id: string): Promise<Uint8Array | null> => {
      await from.ready?.({ ids: [id] });
      return from.key(id);
    };

    it('keeps giving a subject its key, and knows all keys over a restart', async () => {
      const drawn: SubjectKey[] = [];
      for (let n = 0; n < 400; n++) drawn.push(await keyFor(store, `lead-${n}`));
      for (const [n, one] of drawn.entries()) expect(await keyFor(store, `lead-${n}`)).toEqual(one);
      await store.close();
      const again = await place.handle();
      await again.ready?.({ ids: drawn.map(({ id }) => id) });
      for (const one of drawn) {
        expect(one.key).toHaveLength(32);
        expect(again.key(one.id)).toEqual(one.key);
      }
    });

    it('gives keys that all differ', async () => {
      const drawn = await Promise.all(Array.from({ length: 300 }, (_, n) => keyFor(store, `lead-${n}`)));
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(300);
      expect(new Set(drawn.map((one) => Buffer.from(one.key).toString('hex'))).size).toBe(300);
    });

    it('gives one key to those who ask for the same subject at once', async () => {
      const drawn = await Promise.all(Array.from({ length: 20 }, () => keyFor(store, 'lead-1')));
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(1);
    });

    it('gives another key to a subject whose key was destroyed', async () => {
      const { id } = await keyFor(store, 'lead-1');
      await store.destroy([id]);
      const next = await keyFor(store, 'lead-1');
      expect(next.id).not.toBe(id);
      expect(await key(store, next.id)).toEqual(next.key);
      expect(await key(store, id)).toBeNull();
    });

    it('never gives a destroyed key again, not even one that was not given yet', async () => {
      const { id } = await keyFor(store, 'lead-1');
      const ids = [id];
      for (let n = 0; n < 10; n++) ids.push((await keyFor(store, `other-${n}`)).id);
      await store.destroy(ids);
      for (let n = 0; n < 50; n++) expect(ids).not.toContain((await keyFor(store, `later-${n}`)).id);
    });

    it('destroys those keys and no others, again without complaint, and whatever it is asked', async () => {
      const [one, other] = [await keyFor(store, 'lead-1'), await keyFor(store, 'lead-2')];
      await store.destroy([one.id]);
      await store.destroy([one.id, 'x', '']);
      await store.destroy([]);
      expect(await key(store, one.id)).toBeNull();
      expect(await key(store, other.id)).toEqual(other.key);
    });

    it('tells every handle of a key that was destroyed', async () => {
      const { id } = await keyFor(store, 'lead-1');
      const other = await place.handle();
      expect(await key(other, id)).not.toBeNull();
      await store.destroy([id]);
      await sleep(300);
      expect(await key(other, id)).toBeNull();
    });

    it('gives a subject another key where another handle destroyed the one it had', async () => {
      const { id } = await keyFor(store, 'lead-1');
      const other = await place.handle();
      await other.destroy([id]);
      await sleep(300);
      const next = await keyFor(store, 'lead-1');
      expect(next.id).not.toBe(id);
      expect(await key(other, next.id)).toEqual(next.key);
    });

    it('has made a key durable before it gives it out', async () => {
      const { id, key: bytes } = await keyFor(store, 'lead-1');
      // Another handle sees what is committed only; the first has not been closed.
      expect(await key(await place.handle(), id)).toEqual(bytes);
    });

    it('never gives one key to two subjects, whoever draws, and whatever was left over', async () => {
      const other = await place.handle();
      const drawn: string[] = [];
      for (let n = 0; n < 700; n++) {
        drawn.push((await keyFor(store, `a-${n}`)).id, (await keyFor(other, `b-${n}`)).id);
      }
      expect(new Set(drawn).size).toBe(1_400);
      for (const id of drawn) expect(await key(store, id)).toEqual(await key(other, id));
      // What the others have drawn and not used is not for a third.
      expect(drawn).not.toContain((await keyFor(await place.handle(), 'another')).id);
    });

    it('knows no key that was never drawn', async () => {
      for (const id of ['1', '999999', '-1', 'x', '', 'abc.1', 'a.b.c']) expect(await key(store, id)).toBeNull();
    });
  });
}
