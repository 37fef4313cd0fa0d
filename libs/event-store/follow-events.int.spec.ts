import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventStore } from './event-store.js';
import { followEvents } from './follow-events.js';
import { openSqliteEventStore } from './sqlite/sqlite-event-store.js';
import { anEvent } from './testing/an-event.js';

describe('Following events in memory', () => {
  let folder: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'concord-follow-'));
    store = await openSqliteEventStore({ file: path.join(folder, 'ledger.sqlite') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const told: number[] = [];
  beforeEach(() => void told.splice(0));
  const append = (n: number, type = 'test.counted') =>
    store.append('one', [anEvent({ type, data: { n } })], { expected: 'any' });
  const follow = (from: Pick<EventStore, 'readAll'> = store) =>
    followEvents(from, ['test.counted'], (event) => told.push((event.data() as { n: number }).n));

  it('tells each event of its types once, in order, whoever asks at once', async () => {
    const follower = follow();
    await append(1);
    await append(2, 'test.other');
    await Promise.all([follower.refresh(), append(3).then(() => follower.refresh()), follower.refresh()]);
    expect(told).toEqual([1, 3]);
    expect(follower.position).toBe(await store.head());
    expect(follower.underWay).toBeNull();
  });

  it('goes on where a reading broke off', async () => {
    for (const n of [1, 2, 3]) await append(n);
    let breaks = true;
    const broken: Pick<EventStore, 'readAll'> = {
      async *readAll(options) {
        for await (const page of store.readAll({ ...options, pageSize: 1 })) {
          yield page;
          if (breaks) throw new Error('cut off');
        }
      },
    };
    const follower = follow(broken);
    await expect(follower.refresh()).rejects.toThrow('cut off');
    breaks = false;
    await follower.refresh();
    expect(told).toEqual([1, 2, 3]);
  });
});
