import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '../event-store.js';
import { anEvent, someEvents } from '../testing/an-event.js';
import { eventStoreContract } from '../testing/event-store.contract.js';
import { connect, type Connect } from './connection.js';
import { openSqliteEventStore } from './sqlite-event-store.js';

const NOW = Date.UTC(2026, 10, 23, 12);

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'concord-ledger-'));

eventStoreContract('SQLite', async () => {
  const folder = await newFolder();
  const clock = { now: NOW };
  const open = () => openSqliteEventStore({ file: join(folder, 'ledger.sqlite'), clock: () => clock.now });
  const opened: EventStore[] = [await open()];
  const another = async (): Promise<EventStore> => {
    const store = await open();
    opened.push(store);
    return store;
  };
  return {
    store: opened[0]!,
    clock,
    second: another,
    async reopen() {
      await opened[0]!.close();
      return another();
    },
    async close() {
      for (const store of opened) await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('the SQLite ledger', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await newFolder();
    file = join(folder, 'ledger.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('refuses to change or delete what was appended', async () => {
    const store = await openSqliteEventStore({ file });
    await store.append('s', [anEvent()], { expected: 'any' });
    await store.close();
    const db = new DatabaseSync(file);
    for (const sql of [
      `UPDATE events SET data = '{}'`,
      'DELETE FROM events',
      `UPDATE streams SET name = 't'`,
      'DELETE FROM types',
      `UPDATE ledger SET value = 'x'`,
    ]) {
      expect(() => db.exec(sql)).toThrow('append-only');
    }
    db.close();
  });

  it('puts what waits into one transaction', async () => {
    let commits = 0;
    const counting: Connect = (path, options) =>
      withExec(connect(path, options), (sql, exec) => {
        if (sql === 'COMMIT') commits++;
        exec(sql);
      });
    const store = await openSqliteEventStore({ file, connect: counting });
    commits = 0;
    await Promise.all(
      Array.from({ length: 64 }, (_, n) => store.append(`s-${n}`, [anEvent()], { expected: 'no-stream' })),
    );
    expect(commits).toBe(1);
    await store.close();
  });

  describe('when the disk is full', () => {
    it('refuses with EVENT_STORE.FULL, leaves nothing half written, and goes on when there is room', async () => {
      const store = await openSqliteEventStore({ file, maxBytes: 400_000 });
      const acknowledged: string[] = [];
      const append = async (n: number): Promise<void> => {
        const events = someEvents(3, () => ({ data: { text: 'x'.repeat(3_000) } }));
        await store.append(`s-${n}`, events, { expected: 'no-stream' });
        acknowledged.push(`s-${n}`);
      };
      await Promise.allSettled(Array.from({ length: 20 }, (_, n) => append(n)));
      let refusal: unknown;
      for (let n = 20; n < 100 && refusal === undefined; n++)
        await append(n).catch((error: unknown) => (refusal = error));
      expect(refusal).toMatchObject({ kind: 'unavailable', code: 'EVENT_STORE.FULL' });

      const streams = new Map<string, number>();
      for await (const page of store.readAll({})) {
        for (const event of page.events) streams.set(event.stream, (streams.get(event.stream) ?? 0) + 1);
      }
      expect([...streams.keys()].sort()).toEqual([...acknowledged].sort());
      expect(new Set(streams.values())).toEqual(new Set([3]));
      expect((await stat(file)).size).toBeLessThanOrEqual(400_000);

      store.limitSize(null);
      await append(1_000);
      expect(await store.readStream('s-1000')).toHaveLength(3);
      await store.close();
    });
  });

  describe('when COMMIT fails', () => {
    it.each([
      ['after it happened', true],
      ['before it happened', false],
    ])('%s, answers with what is on the disk', async (_case, happened) => {
      let failing = false;
      const breaking: Connect = (path, options) =>
        withExec(connect(path, options), (sql, exec) => {
          if (failing && sql === 'COMMIT') {
            failing = false;
            if (happened) exec(sql);
            throw new Error('disk I/O error');
          }
          exec(sql);
        });
      const store = await openSqliteEventStore({ file, connect: breaking });
      await store.append('taken', [anEvent()], { expected: 'any' });
      const events = someEvents(2);
      failing = true;
      const [good, bad] = await Promise.allSettled([
        store.append('s', events, { expected: 'no-stream' }),
        store.append('taken', [anEvent()], { expected: 'no-stream' }),
      ]);
      expect(failing).toBe(false);
      expect(bad).toMatchObject({ reason: { code: 'EVENT_STORE.WRONG_REVISION' } });
      if (happened) expect(good).toMatchObject({ value: { revision: 1 } });
      else expect(good).toMatchObject({ reason: { kind: 'unavailable', code: 'EVENT_STORE.UNAVAILABLE' } });

      // Repeating is safe either way.
      expect(await store.append('s', events, { expected: 'no-stream' })).toMatchObject({
        revision: 1,
        repeated: happened,
      });
      expect(await store.readStream('s')).toHaveLength(2);
      await store.close();
    });
  });

  it('waits for another process that holds the write lock, without holding up its own', async () => {
    const store = await openSqliteEventStore({ file });
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    let done = false;
    const appended = store.append('s', [anEvent()], { expected: 'any' }).finally(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(done).toBe(false);
    expect(turns).toBeGreaterThan(10);
    other.exec('ROLLBACK');
    other.close();
    await expect(appended).resolves.toMatchObject({ revision: 0 });
    clearInterval(ticking);
    await store.close();
  });

  it('says for ever that moments were brought along', async () => {
    const store = await openSqliteEventStore({ file });
    expect(store.markedAsHistory()).toBe(false);
    await store.append('s', [anEvent({ recordedAt: 0 })], { expected: 'any' });
    expect(store.markedAsHistory()).toBe(true);
    await store.close();
    const again = await openSqliteEventStore({ file });
    expect(again.markedAsHistory()).toBe(true);
    await again.close();
  });

  it('makes one ledger when many open the file at once', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => openSqliteEventStore({ file })));
    expect(new Set(stores.map(({ ledgerId }) => ledgerId)).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('refuses a file in a format of the future', async () => {
    const db = new DatabaseSync(file);
    db.exec(
      `CREATE TABLE ledger (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; INSERT INTO ledger VALUES ('format', '9')`,
    );
    db.close();
    await expect(openSqliteEventStore({ file })).rejects.toMatchObject({ code: 'EVENT_STORE.UNKNOWN_FORMAT' });
  });
});

/** The same connection with every `exec` going through `around`. */
function withExec(db: DatabaseSync, around: (sql: string, exec: (sql: string) => void) => void): DatabaseSync {
  const exec = db.exec.bind(db);
  db.exec = (sql) => around(sql, exec);
  return db;
}
