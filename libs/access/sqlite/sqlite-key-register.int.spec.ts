import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyRegister } from '../key-register.js';
import { keyRegisterContract, someKey } from '../testing/key-register.contract.js';
import { newKeyText } from '../access-key.js';
import { openSqliteKeyRegister } from './sqlite-key-register.js';

keyRegisterContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-access-'));
  const handles: KeyRegister[] = [];
  return {
    async handle() {
      const register = openSqliteKeyRegister(join(folder, 'access.sqlite'));
      handles.push(register);
      return register;
    },
    async remove() {
      for (const register of handles) await register.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

it('the file of access keys is for its owner only, and holds no secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-access-'));
  const file = join(folder, 'access.sqlite');
  const register = openSqliteKeyRegister(file);
  const { id, text, hash } = newKeyText();
  await register.add(someKey('a', 1, { id, hash }));
  await register.close();
  expect(statSync(file).mode & 0o077).toBe(0);
  const secret = text.slice(text.lastIndexOf('_', 17) + 1);
  const bytes = readFileSync(file, 'latin1');
  expect(bytes).toContain(id);
  expect(bytes).not.toContain(secret);
  rmSync(folder, { recursive: true });
});
