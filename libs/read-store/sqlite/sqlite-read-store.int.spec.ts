import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadStore } from '../read-store.js';
import { readStoreContract } from '../testing/read-store.contract.js';
import { openSqliteReadStore } from './sqlite-read-store.js';

readStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concord-read-store-'));
  const handles: ReadStore[] = [];
  return {
    async handle(options) {
      const store = await openSqliteReadStore({ file: join(folder, 'read.sqlite'), ...options });
      handles.push(store);
      return store;
    },
    async remove() {
      for (const store of handles) await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
