import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
