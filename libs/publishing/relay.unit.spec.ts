import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { inMemoryPublisher, inMemoryTopic, type InMemoryTopic } from './in-memory/in-memory-publisher.js';
import { partitionOf } from './partition-of.js';
import { publicContract } from './public-contract.js';
import type { Publisher } from './publisher.js';
import { runRelay, type Relay } from './relay.js';
import { relayHealth } from './relay-status.js';
import { text } from './shape.js';
import { arrayEventStore, type ArrayEventStore } from './testing/array-event-store.js';
import { readByTheRule } from './testing/read-by-the-rule.js';

const LEDGER = '9b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e' as Uuid;
const COPY = '1b2d6c0e-7a51-4f0c-8d0e-2f1a3b4c5d6e' as Uuid;
const contract = publicContract({
  'test.happened': { version: 1, summary: 'It happened.', fields: { what: text } },
  'test.hidden': { isPrivate: 'nobody needs it' },
});

const leadOf = (number: number): Uuid => uuidv5(LEDGER, `lead ${number}`);
function tell(ledger: ArrayEventStore, leads: readonly number[]): void {
  for (const lead of leads) {
    const leadId = leadOf(lead);
    // Each third lead's event is one that nobody outside sees.
    const type = lead % 3 === 2 ? 'test.hidden' : 'test.happened';
    ledger.add(lead % 2 === 0 ? `lead-${leadId}` : `deal-${lead}`, {
      eventId: uuidv5(LEDGER, String(ledger.events.length)),
      type,
      leadId: lead === 7 ? null : leadId,
      data: { what: `n${ledger.events.length}` },
    });
  }
}

/** What the topic must come to, partition by partition. */
function expected(ledger: ArrayEventStore, partitions: number): string[][] {
  const ids = Array.from({ length: partitions }, (): string[] => []);
  for (const event of ledger.events) {
    if (event.type === 'test.happened') ids[partitionOf(event.leadId ?? event.stream, partitions)]?.push(event.eventId);
  }
  return ids;
}
const kept = (topic: InMemoryTopic): string[][] => topic.partitions.map(readByTheRule);
const sentAll = (topic: InMemoryTopic): string[][] =>
  topic.partitions.map((log) => log.map(({ headers }) => headers['ce_id'] ?? ''));

interface Settings {
  readonly pageSize?: number;
}
function start(ledger: ArrayEventStore, publisher: Publisher, settings: Settings = {}) {
  const stop = new AbortController();
  const relay = runRelay({
    ...{ eventStore: ledger.store, publisher, contract, signal: stop.signal, backOffMs: 0, ...settings },
  });
  return { relay, stop: async () => (stop.abort(), relay.done) };
}
async function caughtUp(relay: Relay): Promise<void> {
  for (;;) {
    const { state, lag } = await relay.status();
    if (state === 'caught-up' && lag === 0) return;
    if (state === 'refused') await relay.done;
    await turn();
  }
}

describe('The relay', () => {
  it('sends every public event once, in order per lead, and goes on when more come', async () => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(4);
    tell(ledger, [1, 2, 3, 4, 5, 6, 7, 7, 1, 3, 4]);
    const { relay, stop } = start(ledger, inMemoryPublisher({ topic }), { pageSize: 3 });
    await caughtUp(relay);
    expect(sentAll(topic)).toEqual(expected(ledger, 4));
    tell(ledger, [1, 1, 6, 2]);
    await caughtUp(relay);
    expect(sentAll(topic)).toEqual(expected(ledger, 4));
    expect(await relay.status()).toMatchObject({ lag: 0, lagMs: 0, sent: 12, sessions: 1, error: null });
    await stop();
    expect(await relay.status()).toMatchObject({ state: 'stopped' });
  });

  it('names on each record the position up to which all partitions were complete before its page', async () => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(1);
    tell(ledger, [1, 3, 4, 6]);
    const { relay, stop } = start(ledger, inMemoryPublisher({ topic }), { pageSize: 2 });
    await caughtUp(relay);
    await stop();
    expect(topic.partitions[0]?.map(({ headers }) => [headers['ce_position'], headers['concord_floor']])).toEqual([
      ['3', '0'],
      ['6', '0'],
      ['9', '6'],
      ['12', '6'],
    ]);
  });

  it('starts from the topic: nothing is sent again, quiet partitions or not', async () => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(5);
    tell(ledger, [1, 1, 1, 3, 1]);
    for (const more of [[], [1, 1], [4, 3], [6, 7, 1]]) {
      tell(ledger, more);
      const { relay, stop } = start(ledger, inMemoryPublisher({ topic }), { pageSize: 2 });
      await caughtUp(relay);
      await stop();
    }
    expect(sentAll(topic)).toEqual(expected(ledger, 5));
  });

  it('has neither gap nor repeat for a reader by the rule, whatever fails, and with two relays at once', async () => {
    const faults = fc.array(fc.option(fc.nat(3), { freq: 3 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        faults,
        fc.array(fc.nat(5), { maxLength: 40 }),
        fc.boolean(),
        async (leads, partitions, pageSize, failures, waits, areTwo) => {
          const ledger = arrayEventStore(LEDGER);
          const topic = inMemoryTopic(partitions);
          const [left, pauses] = [[...failures], [...waits]];
          const disturb = async (): Promise<number | null> => {
            for (let turns = pauses.pop() ?? 0; turns > 0; turns--) await turn();
            return left.pop() ?? null;
          };
          tell(ledger, leads.slice(0, leads.length / 2));
          const runs = (areTwo ? [1, 2] : [1]).map(() =>
            start(ledger, inMemoryPublisher({ topic, disturb }), { pageSize }),
          );
          await turn();
          tell(ledger, leads.slice(leads.length / 2));
          for (const { relay } of runs) await caughtUp(relay);
          for (const { stop } of runs) await stop();
          expect(kept(topic)).toEqual(expected(ledger, partitions));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds its place by event ids when the ledger has moved, also when it was stopped on the way', async () => {
    const leads = [1, 3, 4, 6, 7, 1, 3, 4, 9, 1, 1, 3];
    const [old, copy] = [arrayEventStore(LEDGER), arrayEventStore(COPY, 1_000n)];
    const topic = inMemoryTopic(3);
    tell(old, leads.slice(0, 8));
    tell(copy, leads);
    const first = start(old, inMemoryPublisher({ topic }), { pageSize: 3 });
    await caughtUp(first.relay);
    await first.stop();
    // The next one fails somewhere in the new events.
    let sends = 0;
    const disturb = (): number | null => (++sends === 2 ? 0 : null);
    for (const more of [[], [4, 3]]) {
      tell(copy, more);
      const next = start(copy, inMemoryPublisher({ topic, disturb }), { pageSize: 3 });
      await caughtUp(next.relay);
      await next.stop();
    }
    expect(sentAll(topic)).toEqual(expected(copy, 3));
    expect(kept(topic)).toEqual(expected(copy, 3));
  });

  it.each([
    ['PUBLISHING.RECORDS_DELETED', (topic: InMemoryTopic) => topic.empty()],
    [
      'PUBLISHING.FOREIGN_RECORD',
      (topic: InMemoryTopic) => topic.partitions[0]?.push({ key: 'k', timestamp: 1, headers: {}, value: '' }),
    ],
  ])('stops and asks: %s', async (code, spoil) => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(2);
    tell(ledger, [1, 3, 4]);
    const { relay, stop } = start(ledger, inMemoryPublisher({ topic }));
    await caughtUp(relay);
    await stop();
    spoil(topic);
    const next = start(ledger, inMemoryPublisher({ topic }));
    await expect(next.relay.done).rejects.toMatchObject({ code });
    expect(await next.relay.status()).toMatchObject({ state: 'refused', error: { code } });
    expect(relayHealth(await next.relay.status(), Date.now())).toBe('refused');
  });

  it('stops and asks when the ledger is another one, or was restored from an older backup', async () => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(2);
    tell(ledger, [1, 3, 4, 1, 1]);
    const { relay, stop } = start(ledger, inMemoryPublisher({ topic }));
    await caughtUp(relay);
    await stop();
    const other = start(arrayEventStore(COPY), inMemoryPublisher({ topic }));
    await expect(other.relay.done).rejects.toMatchObject({ code: 'PUBLISHING.OTHER_LEDGER' });

    const restored = arrayEventStore(LEDGER);
    tell(restored, [1, 3, 4]);
    const behind = start(restored, inMemoryPublisher({ topic }));
    await expect(behind.relay.done).rejects.toMatchObject({ code: 'PUBLISHING.LEDGER_BEHIND_TOPIC' });

    restored.add('deal-1', { type: 'test.happened', leadId: leadOf(1), data: { what: 'else' } });
    restored.add('deal-1', { type: 'test.happened', leadId: leadOf(1), data: { what: 'else' } });
    const differs = start(restored, inMemoryPublisher({ topic }));
    await expect(differs.relay.done).rejects.toMatchObject({ code: 'PUBLISHING.LEDGER_DIFFERS' });
  });

  it('refuses a topic with another number of partitions', async () => {
    const publisher = inMemoryPublisher({ topic: inMemoryTopic(2), partitions: 3 });
    const { relay } = start(arrayEventStore(LEDGER), publisher);
    await expect(relay.done).rejects.toMatchObject({ code: 'PUBLISHING.TOPIC_DIFFERS' });
  });

  it('names an event that it cannot read, and stays before it', async () => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(1);
    tell(ledger, [1]);
    const data = (): never => {
      throw new Error('no key');
    };
    const broken = ledger.add('s', { type: 'test.happened', leadId: leadOf(1) });
    ledger.events[1] = { ...broken, data };
    const { relay, stop } = start(ledger, inMemoryPublisher({ topic }), { pageSize: 1 });
    while ((await relay.status()).error === null) await turn();
    const { error, position } = await relay.status();
    expect(error).toMatchObject({ code: 'PUBLISHING.UNREADABLE_EVENT' });
    expect(error?.detail).toContain(`${broken.eventId} at position 6: no key`);
    expect(position).toBeLessThan(6n);
    await stop();
    expect(topic.partitions[0]).toHaveLength(1);
  });

  it('waits out what passes, and tells what it waits for', async () => {
    const ledger = arrayEventStore(LEDGER);
    const topic = inMemoryTopic(1);
    tell(ledger, [1]);
    let isDown = true;
    const disturb = (): number | null => (isDown ? 0 : null);
    const { relay, stop } = start(ledger, inMemoryPublisher({ topic, disturb }));
    while ((await relay.status()).error === null) await turn();
    const status = await relay.status();
    expect(status).toMatchObject({ error: { code: 'PUBLISHING.UNAVAILABLE', detail: 'disturbed' }, lag: 3, sent: 0 });
    expect(relayHealth(status, status.progressedAt + 1_000)).toBe('behind');
    expect(relayHealth(status, status.progressedAt + 61_000)).toBe('stuck');
    isDown = false;
    await caughtUp(relay);
    expect(await relay.status()).toMatchObject({ error: null, lag: 0, sent: 1 });
    await stop();
  });
});
