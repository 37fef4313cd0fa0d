import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { concord, succeeds, temporaryFolder } from './support/process.js';
import { movedLedger, personOf, SECRET } from './support/moved-ledger.js';

describe('Keys of personal data that move to another folder', () => {
  const folder = temporaryFolder();
  const [old, fresh] = ['old', 'new'].map((name) => path.join(folder.path, name)) as [string, string];
  afterAll(() => folder.remove());

  it('open what was written with them, and are counted, not shown', async () => {
    const lead = await movedLedger(old, fresh);
    // A machine that has not been given the keys; its own must not be drawn in the place that they go to.
    const without = path.join(folder.path, 'without');
    cpSync(fresh, without, { recursive: true });
    expect((await personOf(lead, without))?.email).toBeUndefined();

    const copy = ['keys', 'copy', '--from', `sqlite:${old}`, '--to', `sqlite:${fresh}`];
    const said = await concord([...copy, '--json']);
    expect([said.code, said.stderr]).toEqual([0, '']);
    const { adopted } = JSON.parse(said.stdout) as { adopted: number };
    expect(JSON.parse(said.stdout)).toEqual({ adopted: expect.any(Number), known: 0, destroyed: 0 });
    expect(adopted).toBeGreaterThan(0);
    expect(await succeeds(copy)).toContain(`Copied 0 keys; ${adopted} were there already`);
    expect(await personOf(lead, fresh)).toMatchObject({ email: SECRET });
    expect(statSync(path.join(fresh, 'keys.sqlite')).mode & 0o077).toBe(0);
  }, 120_000);

  it('are refused by wrong usage in one line that repeats no address, and nothing is made', async () => {
    const missing = path.join(folder.path, 'missing');
    mkdirSync(path.join(folder.path, 'empty'));
    for (const [from, to] of [
      [`sqlite:${old}`, 'mongodb://user:hidden@host'],
      [`sqlite:${old}`, `sqlite:${old}/../old`],
      [`sqlite:${missing}`, `sqlite:${fresh}`],
      [`sqlite:${path.join(folder.path, 'empty')}`, `sqlite:${missing}`],
      ['esdb://user:hidden@host', `sqlite:${missing}`],
    ]) {
      const wrong = await concord(['keys', 'copy', '--from', from!, '--to', to!]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr.trim().split('\n')).toHaveLength(1);
      expect(wrong.stderr).not.toContain('hidden');
    }
    expect(existsSync(missing)).toBe(false);
  }, 60_000);
});
