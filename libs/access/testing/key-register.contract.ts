import { newKeyText, type AccessKey } from '../access-key.js';
import type { KeyRegister } from '../key-register.js';

/** One place where access keys are kept, and any number of handles on it. */
export interface KeyRegisterPlace {
  handle(): Promise<KeyRegister>;
  /** Closes every handle and removes the place. */
  remove(): Promise<void>;
}

export const someKey = (member: string, createdAt: number, more: Partial<AccessKey> = {}): AccessKey => {
  const { id, hash } = newKeyText();
  return { id, hash, member, role: 'sales', team: 'sales', createdAt, lastUsedAt: null, revokedAt: null, ...more };
};

/** What every adapter of the register promises. */
export function keyRegisterContract(name: string, open: () => Promise<KeyRegisterPlace>): void {
  describe(`the register of access keys on ${name}`, () => {
    let place: KeyRegisterPlace;
    let register: KeyRegister;
    beforeEach(async () => {
      place = await open();
      register = await place.handle();
    });
    afterEach(() => place.remove());

    it('gives back what was added, also to another handle and after reopening', async () => {
      const key = someKey('Zoë "the" head', 1_700_000_000_123, { role: 'head', team: 'marketing' });
      await register.add(key);
      expect(await register.find(key.id)).toEqual(key);
      expect(await register.find('nobody')).toBeNull();
      expect(await (await place.handle()).find(key.id)).toEqual(key);
      await register.close();
      expect(await (await place.handle()).list()).toEqual([key]);
    });

    it('lists in order of creation', async () => {
      const keys = [someKey('b', 2), someKey('a', 1), someKey('c', 3)];
      for (const key of keys) await register.add(key);
      expect((await register.list()).map(({ member }) => member)).toEqual(['a', 'b', 'c']);
    });

    it('refuses an id twice', async () => {
      const key = someKey('a', 1);
      await register.add(key);
      await expect(register.add({ ...key, member: 'b' })).rejects.toMatchObject({ code: 'ACCESS.KEY_EXISTS' });
      expect(await register.find(key.id)).toEqual(key);
    });

    it('revokes once and for ever, seen by every handle at once', async () => {
      const [key, other] = [someKey('a', 1), someKey('b', 2)];
      await register.add(key);
      await register.add(other);
      const elsewhere = await place.handle();
      expect(await elsewhere.find(key.id)).toEqual(key);
      expect(await register.revoke(key.id, 10)).toBe(true);
      expect(await elsewhere.find(key.id)).toEqual({ ...key, revokedAt: 10 });
      expect(await elsewhere.revoke(key.id, 20)).toBe(true);
      expect(await register.find(key.id)).toEqual({ ...key, revokedAt: 10 });
      expect(await register.revoke('nobody', 10)).toBe(false);
      expect(await register.find(other.id)).toEqual(other);
    });

    it('notes the latest use', async () => {
      const key = someKey('a', 1);
      await register.add(key);
      for (const at of [5, 9, 7]) await register.used(key.id, at);
      await register.used('nobody', 9);
      expect(await register.find(key.id)).toEqual({ ...key, lastUsedAt: 9 });
    });
  });
}
