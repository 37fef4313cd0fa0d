import type { NewEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { START } from '#kernel/position.js';
import { openWorkbench, type Workbench } from '../testing/import-workbench.js';
import { newStagingStore, type StagingStore } from './staging-store.js';

const SPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8' as Uuid; // RFC 9562's DNS namespace
const LEAD = uuidv5(SPACE, 'lead');

const event = (name: string, leadId: Uuid | null = null): NewEvent => ({
  eventId: uuidv5(SPACE, name),
  type: `test.${name}`,
  schemaVersion: 1,
  commandId: uuidv5(SPACE, `command ${name}`),
  commandDigest: 'digest',
  correlationId: 'test',
  causationId: null,
  actor: { id: 'test', team: 'system' },
  leadId,
  pass: null,
  occurredAt: 5,
  data: { name },
});

describe('A staging store', () => {
  let bench: Workbench;
  let staging: StagingStore;
  beforeEach(async () => {
    bench = await openWorkbench();
    await bench.store.append('a', [event('first')], { expected: 'no-stream' });
    staging = newStagingStore(bench.store, () => 1_000);
  });
  afterEach(() => bench.close());

  const typesOf = async (stream: string): Promise<string[]> =>
    (await staging.readStream(stream)).map(({ type }) => type);

  it('reads what waits behind what is written, and writes nothing', async () => {
    const head = await bench.store.head();
    await staging.append('a', [event('second'), event('third')], { expected: 0 });
    const events = await staging.readStream('a');
    expect(events.map(({ type, revision }) => [type, revision])).toEqual([
      ['test.first', 0],
      ['test.second', 1],
      ['test.third', 2],
    ]);
    expect(events[2]?.data()).toEqual({ name: 'third' });
    expect(events[2]!.position).toBeGreaterThan(head);
    expect([staging.staged, await bench.store.head()]).toEqual([2, head]);
    expect((await staging.readStream('a', { from: 2 })).map(({ type }) => type)).toEqual(['test.third']);
  });

  it('keeps to what is expected, over both', async () => {
    await staging.append('b', [event('b')], { expected: 'no-stream' });
    await expect(staging.append('b', [event('c')], { expected: 'no-stream' })).rejects.toThrow(/WRONG_REVISION/);
    await expect(staging.append('a', [event('c')], { expected: 'no-stream' })).rejects.toThrow(/WRONG_REVISION/);
    await expect(staging.append('x', [event('c')], { expected: 'exists' })).rejects.toThrow(/WRONG_REVISION/);
    await expect(staging.append('a', [event('c')], { expected: 3 })).rejects.toThrow(/WRONG_REVISION/);
    expect((await staging.append('b', [event('c')], { expected: 'exists' })).revision).toBe(1);
  });

  it('adds nothing for the same event ids again', async () => {
    await staging.append('b', [event('b')], { expected: 'no-stream' });
    expect(await staging.append('b', [event('b')], { expected: 'no-stream' })).toMatchObject({
      repeated: true,
      revision: 0,
    });
    expect(await staging.append('a', [event('first')], { expected: 'no-stream' })).toMatchObject({
      repeated: true,
      revision: 0,
    });
    expect(staging.staged).toBe(1);
  });

  it("knows a lead's deals that wait, and events by type", async () => {
    await staging.append(`deal-x`, [event('opened', LEAD)], { expected: 'no-stream' });
    await staging.append(`lead-${LEAD}`, [event('created', LEAD)], { expected: 'no-stream' });
    expect(await staging.streamsOfLead(LEAD)).toEqual(['deal-x']);
    const found: string[] = [];
    for await (const page of staging.readAll({ after: START, types: ['test.first', 'test.opened'] }))
      found.push(...page.events.map(({ type }) => type));
    expect(found).toEqual(['test.first', 'test.opened']);
  });

  it('writes what waits in the order in which it came, and then reads it from the ledger', async () => {
    await staging.append('b', [event('1')], { expected: 'no-stream' });
    await staging.append('a', [event('2')], { expected: 0 });
    await staging.append('b', [event('3')], { expected: 0 });
    await staging.flush();
    expect(staging.staged).toBe(0);
    expect((await bench.events()).map(({ type }) => type)).toEqual(['test.first', 'test.1', 'test.2', 'test.3']);
    expect(await typesOf('b')).toEqual(['test.1', 'test.3']);
    await staging.append('b', [event('4')], { expected: 1 });
    await staging.flush();
    expect(await typesOf('b')).toEqual(['test.1', 'test.3', 'test.4']);
  });

  it('meets at the flush what somebody else has written meanwhile', async () => {
    await staging.append('a', [event('mine')], { expected: 0 });
    await bench.store.append('a', [event('theirs')], { expected: 0 });
    await expect(staging.flush()).rejects.toThrow(/WRONG_REVISION/);
  });
});
