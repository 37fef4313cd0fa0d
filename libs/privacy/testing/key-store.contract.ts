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

    describe('that takes over the keys of another', () => {
      const foreign = (id: string, byte = id.length): SubjectKey => ({ id, key: new Uint8Array(32).fill(byte) });
      // As the stores here name them: numbers, some far apart, and places in pools.
      const KEYS = ['1', '2', '300', '70000', 'Zm9vYmFyYmF6.0', 'Zm9vYmFyYmF6.7', '-_-_AAAAbbbb.255'].map((id, n) =>
        foreign(id, n + 1),
      );
      const heldBy = async (from: KeyStore): Promise<Map<string, string>> => {
        const found = new Map<string, string>();
        for await (const page of from.held())
          for (const { id, key: bytes } of page) found.set(id, Buffer.from(bytes).toString('hex'));
        return found;
      };

      it('has them under their ids, in every handle and over a restart, also where it was asked for them before', async () => {
        const other = await place.handle();
        for (const { id } of KEYS) for (const one of [store, other]) expect(await key(one, id)).toBeNull();
        expect(await store.adopt(KEYS)).toEqual({ adopted: KEYS.length, known: 0, destroyed: 0 });
        await sleep(300);
        for (const one of [store, other, await place.handle()])
          for (const { id, key: bytes } of KEYS) expect(await key(one, id)).toEqual(bytes);
        expect(await key(store, '3')).toBeNull();
        expect(await key(store, 'Zm9vYmFyYmF6.1')).toBeNull();
      });

      it('is changed by the first time only, and finished where it was interrupted', async () => {
        await store.adopt(KEYS.slice(0, 5));
        await store.close();
        store = await place.handle();
        expect(await store.adopt(KEYS)).toEqual({ adopted: 2, known: 5, destroyed: 0 });
        const before = await heldBy(store);
        expect(await store.adopt(KEYS)).toEqual({ adopted: 0, known: 7, destroyed: 0 });
        expect(await heldBy(store)).toEqual(before);
      });

      it('writes nothing where it is only tried', async () => {
        expect(await store.adopt(KEYS, { tryOnly: true })).toEqual({ adopted: 7, known: 0, destroyed: 0 });
        expect((await heldBy(store)).size).toBe(0);
      });

      it('takes none where another key has one of their ids, and shows no key when it says so', async () => {
        await store.adopt(KEYS.slice(2, 3));
        const wrong = [...KEYS.slice(0, 2), foreign('300', 99), ...KEYS.slice(3)];
        const failed: unknown = await store.adopt(wrong).catch((error: unknown) => error);
        expect(failed).toMatchObject({ kind: 'refused', code: 'PRIVACY.OTHER_KEY' });
        expect(JSON.stringify(failed)).not.toMatch(/6363|Y2Nj|99,99/);
        expect([...(await heldBy(store)).keys()]).toEqual(['300']);
        await expect(store.adopt([{ id: '9', key: new Uint8Array(31) }])).rejects.toMatchObject({
          code: 'PRIVACY.BAD_KEY',
        });
      });

      it('gives none of them to anybody, and draws no id of the other store, destroyed ones and later ones included', async () => {
        await store.adopt(KEYS);
        const other = await place.handle();
        for (let n = 0; n < 100; n++) {
          for (const one of [store, other]) {
            const { id, key: bytes } = await keyFor(one, `lead-${n}`);
            expect(Number(id) < 1_000_000 || KEYS.some((adopted) => adopted.id === id)).toBe(false);
            expect(await key(one, id)).toEqual(bytes);
          }
        }
        for (const { id, key: bytes } of KEYS) expect(await key(store, id)).toEqual(bytes);
      });

      it('does so too where the other has no key left', async () => {
        await store.adopt([]);
        expect(Number((await keyFor(store, 'lead-1')).id) < 1_000_000).toBe(false);
      });

      it('destroys them like its own, and does not take back what it has destroyed', async () => {
        await store.adopt(KEYS.slice(0, 6));
        const own = await keyFor(store, 'lead-1');
        const [gone, kept] = [
          ['2', 'Zm9vYmFyYmF6.7', '-_-_AAAAbbbb.255', own.id],
          ['1', '300', 'Zm9vYmFyYmF6.0'],
        ];
        const other = await place.handle();
        for (const id of kept) expect(await key(other, id)).not.toBeNull();
        await store.destroy(gone);
        await sleep(300);
        // One of them had not come yet.
        expect(await other.adopt([...KEYS, own])).toEqual({ adopted: 0, known: 4, destroyed: 4 });
        for (const one of [store, other, await place.handle()]) {
          for (const id of gone) expect(await key(one, id)).toBeNull();
          for (const id of kept) expect(await key(one, id)).not.toBeNull();
        }
        const held = await heldBy(store);
        for (const id of gone) expect(held.has(id)).toBe(false);
      });

      it('tells all it holds, its own and adopted ones, but none that was destroyed', async () => {
        await store.adopt(KEYS);
        const first = await keyFor(store, 'lead-0');
        const drawn: SubjectKey[] = [];
        for (let n = 1; n < 300; n++) drawn.push(await keyFor(store, `lead-${n}`));
        const gone = [first.id, '70000'];
        await store.destroy(gone);
        const held = await heldBy(store);
        for (const { id, key: bytes } of [first, ...KEYS, ...drawn])
          expect(held.get(id)).toBe(gone.includes(id) ? undefined : Buffer.from(bytes).toString('hex'));
      });
    });
  });
}
