import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqliteReadStore } from '#read-store/sqlite/sqlite-read-store.js';
import { turnsOfAll } from './run-statement-command.js';

describe('Decisions about statements', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'concord-turns-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are taken one after the other, in this process and among processes, whatever becomes of them', async () => {
    const stores = await Promise.all([1, 2].map(() => openSqliteReadStore({ file: path.join(folder, 'read.sqlite') })));
    let [inside, most] = [0, 0];
    const work = async (fails: boolean): Promise<void> => {
      most = Math.max(most, (inside += 1));
      await sleep(3);
      inside -= 1;
      if (fails) throw new Error('refused');
    };
    const turns = stores.map((store) => turnsOfAll(store));
    const ended = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => n).flatMap((n) => turns.map((turn) => turn(() => work(n % 5 === 0)))),
    );
    expect(most).toBe(1);
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    await Promise.all(stores.map((store) => store.close()));
  });
});
