import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb-event-store.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { EventStore } from '#event-store/event-store.js';
import { plain } from '#event-store/testing/event-store.contract.js';
import { concord, start, succeeds, temporaryFolder } from '../acceptance/support/process.js';
import { startEventStoreDouble, type EventStoreDouble } from '../support/eventstoredb-double/eventstoredb-double.js';

const MOMENTS = [Date.UTC(2024, 8, 1), Date.UTC(2025, 2, 1), Date.UTC(2025, 11, 31)];

describe('A ledger that moves to EventStoreDB (the test double) and back', () => {
  const folder = temporaryFolder();
  const [old, back] = ['old', 'back'].map((name) => path.join(folder.path, name)) as [string, string];
  let server: EventStoreDouble;
  beforeAll(async () => {
    server = await startEventStoreDouble();
  });
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  const open = (data: string): Promise<EventStore> => openSqliteEventStore({ file: path.join(data, 'ledger.sqlite') });
  /** Everything but positions, which are the store's; and how many events each moment knew. */
  async function seen(store: EventStore) {
    const events: Omit<ReturnType<typeof plain>, 'position'>[] = [];
    const positions: bigint[] = [];
    for await (const page of store.readAll({})) {
      for (const { position, ...rest } of page.events.map(plain)) {
        events.push(rest);
        positions.push(position);
      }
    }
    const known: number[] = [];
    for (const moment of MOMENTS) known.push(positions.indexOf(await store.positionAt(moment)));
    await store.close();
    return { events, known };
  }

  it('is the same afterwards, although the copy and the server were killed on the way', async () => {
    await succeeds(['demo', '--leads', '40', '--data', old]);
    const copy = ['copy', '--from', `sqlite:${old}`, '--to', server.address];
    for (const after of [700, 1_000]) {
      const { child, done } = start(copy);
      await delay(after);
      child.kill('SIGKILL');
      await done;
    }
    const surviving = start(copy);
    await delay(800);
    await server.kill();
    await delay(200);
    await server.restart();
    const { code, stderr } = await surviving.done;
    // Finished already by one of the others, or by this one.
    expect(code === 0 || stderr.includes('EVENT_STORE.NOT_EMPTY')).toBe(true);
    const again = await concord(copy);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('EVENT_STORE.NOT_EMPTY')]);

    const original = await seen(await open(old));
    expect(original.known[0]).toBeGreaterThan(0);
    const moved = await openEventStoreDb({ address: server.address });
    const { ledgerId, installation } = moved;
    expect(await seen(moved)).toEqual(original);

    await succeeds(['copy', '--from', server.address, '--to', `sqlite:${back}`]);
    const returned = await open(back);
    expect(returned.installation).toBe(installation);
    expect(returned.ledgerId).not.toBe(ledgerId);
    expect(await seen(returned)).toEqual(original);
  }, 240_000);

  it('has the same figures at every moment', async () => {
    const data = path.join(folder.path, 'beside');
    mkdirSync(data);
    cpSync(path.join(old, 'keys.sqlite'), path.join(data, 'keys.sqlite'));
    const identityKey = readFileSync(path.join(old, 'identity.key'), 'utf8').trim();
    const env = { CONCORD_LEDGER: server.address, CONCORD_IDENTITY_KEY: identityKey };
    for (const moment of MOMENTS) {
      const asked = ['figures', '--metrics', 'leads,mqls,won,revenue', '--by', 'channel', '--format', 'json'];
      const figures = async (folder: string, settings: Readonly<Record<string, string>>) => {
        const at = ['--known-at', new Date(moment).toISOString(), '--data', folder];
        return (JSON.parse(await succeeds([...asked, ...at], settings)) as { rows: unknown[] }).rows;
      };
      const rows = await figures(data, env);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows).toEqual(await figures(old, {}));
    }
  }, 240_000);
});
