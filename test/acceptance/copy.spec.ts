import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { concord, start, startServer, succeeds, temporaryFolder } from './support/process.js';

const MOMENTS = ['2024-09-01T00:00:00Z', '2025-03-01T00:00:00Z', '2025-12-31T00:00:00Z'];

describe('A ledger that moves house', () => {
  const folder = temporaryFolder();
  const old = path.join(folder.path, 'old');
  const fresh = path.join(folder.path, 'new');
  afterAll(() => folder.remove());

  /** What a report says, but for its positions. */
  const figures = async (data: string, moment: string): Promise<unknown> => {
    const asked = ['figures', '--metrics', 'leads,mqls,won,revenue', '--by', 'channel', '--known-at', moment];
    const { rows, total } = JSON.parse(await succeeds([...asked, '--format', 'json', '--data', data])) as {
      rows: unknown;
      total: unknown;
    };
    return { rows, total };
  };

  it('takes its whole past along, and knows its own again', async () => {
    await succeeds(['demo', '--leads', '60', '--data', old]);
    const lead = { externalIds: [{ system: 'crm', id: '42' }], company: 'Acme', channel: 'email' };
    let server = await startServer(old);
    const first = await server.post('/leads', lead, { 'Idempotency-Key': 'moving' });
    expect(first.status).toBe(201);
    await server.post('/members', { handle: 'ada', team: 'sales', role: 'head' });
    const { next } = (await server.get('/leads?limit=2')).body as { next: string };
    expect((await server.get(`/leads?limit=2&cursor=${next}`)).status).toBe(200);
    await server.stop();

    const copied = JSON.parse(
      await succeeds(['copy', '--from', `sqlite:${old}`, '--to', `sqlite:${fresh}`, '--json']),
    ) as { events: number; from: string; to: string };
    expect(copied.events).toBeGreaterThan(300);
    expect(copied.from).not.toBe(copied.to);
    for (const key of ['keys.sqlite', 'identity.key']) cpSync(path.join(old, key), path.join(fresh, key));

    // The old read models are not the new ledger's.
    cpSync(path.join(old, 'read.sqlite'), path.join(fresh, 'read.sqlite'));
    expect((await concord(['figures', '--metrics', 'leads', '--data', fresh])).stderr).toContain(
      `belong to the ledger ${copied.from}`,
    );
    rmSync(path.join(fresh, 'read.sqlite'));

    for (const moment of MOMENTS) expect(await figures(fresh, moment)).toEqual(await figures(old, moment));
    expect(await figures(old, MOMENTS[0]!)).not.toEqual(await figures(old, MOMENTS[2]!));

    server = await startServer(fresh);
    expect(await server.get(`/leads?limit=2&cursor=${next}`)).toMatchObject({
      status: 400,
      body: { code: 'QUERY.CURSOR_OF_ANOTHER_LEDGER' },
    });
    // The same command is known again, the same external id is the same lead, the same handle the same member.
    expect((await server.post('/leads', lead, { 'Idempotency-Key': 'moving' })).body).toMatchObject({
      id: first.body.id,
      repeated: true,
    });
    expect((await server.post('/leads', lead)).status).toBe(409);
    expect((await server.post('/members', { handle: 'ada', team: 'sales', role: 'head' })).body.events).toEqual([]);
    expect((await server.get(`/leads/${first.body.id as string}`)).body).toMatchObject({ company: 'Acme' });
    await server.stop();
  }, 240_000);

  it('is refused into a ledger that holds anything, and by wrong usage in one line', async () => {
    const again = await concord(['copy', '--from', `sqlite:${old}`, '--to', `sqlite:${fresh}`]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('EVENT_STORE.NOT_EMPTY');
    for (const [from, to] of [
      ['nowhere', `sqlite:${fresh}`],
      [`sqlite:${old}`, 'kafka://x'],
      [`sqlite:${old}`, `sqlite:${old}/../old`],
      [`sqlite:${path.join(folder.path, 'missing')}`, `sqlite:${fresh}`],
    ]) {
      const wrong = await concord(['copy', '--from', from!, '--to', to!]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr.trim().split('\n')).toHaveLength(1);
    }
  }, 60_000);

  it('lets nobody in while it is half done, and is finished by the same command', async () => {
    rmSync(fresh, { recursive: true });
    const copy = ['copy', '--from', `sqlite:${old}`, '--to', `sqlite:${fresh}`];
    const { child, done } = start(copy);
    while (child.exitCode === null && eventsIn(fresh) < 5) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    const { code } = await done;
    // Where the copy was faster than our eyes there is nothing left to finish.
    if (code === null) {
      const early = await concord(['export', '--data', fresh]);
      expect(early.code).toBe(1);
      expect(early.stderr).toContain('EVENT_STORE.UNFINISHED_COPY');
      expect(await succeeds(copy)).toMatch(/of them earlier/);
    }
    for (const key of ['keys.sqlite', 'identity.key']) cpSync(path.join(old, key), path.join(fresh, key));
    expect(await figures(fresh, MOMENTS[1]!)).toEqual(await figures(old, MOMENTS[1]!));
  }, 240_000);
});

function eventsIn(folder: string): number {
  try {
    const db = new DatabaseSync(path.join(folder, 'ledger.sqlite'), { readOnly: true });
    const count = Number(db.prepare('SELECT count(*) AS n FROM events').get()?.['n'] ?? 0);
    db.close();
    return count;
  } catch {
    // Not there yet.
    return 0;
  }
}
