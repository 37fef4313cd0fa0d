import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyKeys } from '../copy-keys.js';
import type { KeyStore } from '../key-store.js';
import { keyStoreContract } from '../testing/key-store.contract.js';
import { openSqliteKeyStore } from './sqlite-key-store.js';

keyStoreContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-keys-'));
  const handles: KeyStore[] = [];
  return {
    async handle() {
      const store = openSqliteKeyStore(join(folder, 'keys.sqlite'));
      handles.push(store);
      return store;
    },
    async remove() {
      for (const store of handles) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('keys that move from one SQLite file to another', () => {
  let folder: string;
  let [from, to]: KeyStore[] = [];
  const handle = (name: string): KeyStore => openSqliteKeyStore(join(folder, name));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concord-keys-'));
    [from, to] = [handle('from.sqlite'), handle('to.sqlite')];
  });
  afterEach(async () => {
    for (const store of [from, to]) await store?.close();
    rmSync(folder, { recursive: true });
  });

  it('are found by their ids, and what the first draws or has destroyed never is', async () => {
    const drawn = Array.from({ length: 3_000 }, (_, n) => from!.keyFor(`lead-${n}`));
    const gone = drawn.slice(0, 40).map(({ id }) => id);
    await from!.destroy(gone);
    const { adopted } = await copyKeys(from!, to!);
    expect(adopted).toBeGreaterThanOrEqual(2_960);
    expect(await copyKeys(from!, to!)).toEqual({ adopted: 0, known: adopted, destroyed: 0 });
    const own = new Set(Array.from({ length: 5_000 }, (_, n) => to!.keyFor(`lead-${n}`).id));
    for (const { id, key } of drawn.slice(40)) expect(to!.key(id)).toEqual(key);
    for (const id of gone) expect([to!.key(id), own.has(id)]).toEqual([null, false]);
    for (let n = 0; n < 3_000; n++) expect(own.has(from!.keyFor(`later-${n}`).id)).toBe(false);
  });

  it('are refused, and none is taken, where the second has drawn the same numbers', async () => {
    const kept = to!.keyFor('lead-1');
    from!.keyFor('lead-1');
    await expect(copyKeys(from!, to!)).rejects.toMatchObject({ code: 'PRIVACY.OTHER_KEY' });
    expect(to!.key(kept.id)).toEqual(kept.key);
    // Not even numbers that it holds no key for: it may draw them, or have destroyed them.
    await expect(to!.adopt([{ id: '1000', key: new Uint8Array(32) }])).rejects.toMatchObject({
      code: 'PRIVACY.OTHER_KEY',
    });
  });

  it('lie in files for their owner only, which hold nothing of a destroyed one', async () => {
    const key = { id: '5', key: new Uint8Array(Buffer.from('a key of 32 bytes in plain sight')) };
    const isThere = (): boolean =>
      readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes('a key of 32 bytes'));
    await to!.adopt([key]);
    expect(isThere()).toBe(true);
    await to!.destroy(['5']);
    expect(isThere()).toBe(false);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });
});
