import { setTimeout as delay } from 'node:timers/promises';
import { runDecider } from '#event-store/run-decider.js';
import { isCaughtUp, type EventStore } from '#event-store/event-store.js';
import { openEventStoreDb } from '#event-store/eventstoredb/eventstoredb-event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';
import type { DomainEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { START, type Position } from '#kernel/position.js';
import { startEventStoreDouble, type EventStoreDouble } from '../support/eventstoredb-double/eventstoredb-double.js';

const CUTS = 20;
const STREAMS = 6;

describe('A ledger on EventStoreDB (the test double)', () => {
  let server: EventStoreDouble;
  beforeEach(async () => {
    server = await startEventStoreDouble();
  });
  afterEach(() => server.stop());

  it(`loses nothing that it acknowledged and writes nothing twice over ${CUTS} cuts`, async () => {
    const store = await openEventStoreDb({ address: server.address, patienceMs: 700 });
    const abort = new AbortController();
    const seen: { id: Uuid; position: Position }[] = [];
    const subscription = (async () => {
      for await (const item of store.subscribe({ signal: abort.signal, pageSize: 50 }))
        if (!isCaughtUp(item)) seen.push(...item.events.map(({ eventId, position }) => ({ id: eventId, position })));
    })();
    const state = { running: true };
    const acknowledged: { stream: string; commandId: Uuid; revision: number; position: Position }[] = [];
    const refusals = new Set<string>();
    const writers = Array.from({ length: STREAMS * 2 }, async (_, writer) => {
      const stream = `s-${writer % STREAMS}`;
      while (state.running) {
        const commandId = freshUuid();
        // Whoever got no answer asks again with the same id, as over HTTP.
        for (;;) {
          try {
            const { revision, position } = await runDecider(store, command(stream, commandId));
            acknowledged.push({ stream, commandId, revision, position });
            break;
          } catch (error) {
            if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
            refusals.add(error.code);
            await delay(20);
          }
        }
      }
    });

    for (let cut = 0; cut < CUTS; cut++) {
      await delay(150);
      if (cut % 4 === 0) {
        await server.kill();
        // Sometimes for longer than a command's patience.
        await delay(cut % 8 === 0 ? 1_000 : 20);
        await server.restart();
      } else if (cut % 4 === 1) await server.faults({ dropConnections: true });
      else if (cut % 4 === 2) await server.faults({ dropAfterWrite: 3 });
      else await server.faults({ dropBeforeWrite: 2 });
    }
    await delay(300);
    state.running = false;
    await Promise.all(writers);

    const all: { id: Uuid; position: Position }[] = [];
    const commands = new Map<Uuid, string>();
    for await (const page of store.readAll({})) {
      for (const event of page.events) {
        all.push({ id: event.eventId, position: event.position });
        expect(commands.has(event.commandId)).toBe(false);
        commands.set(event.commandId, `${event.stream} ${event.revision} ${event.position}`);
      }
    }
    expect(acknowledged.length).toBeGreaterThan(CUTS * 3);
    expect(all).toHaveLength(acknowledged.length);
    for (const { stream, commandId, revision, position } of acknowledged)
      expect(commands.get(commandId)).toBe(`${stream} ${revision} ${position}`);
    for (let at = 1; at < all.length; at++) expect(at === 0 || all[at]!.position > all[at - 1]!.position).toBe(true);
    // Everything came to the subscription as well, once and in order.
    for (const giveUp = performance.now() + 30_000; seen.length < all.length && performance.now() < giveUp;)
      await delay(20);
    expect(seen).toEqual(all);
    abort.abort();
    await subscription;
    await store.close();
    expect([...refusals].every((code) => code === 'EVENT_STORE.UNAVAILABLE' || code === 'COMMAND.CONTENDED')).toBe(
      true,
    );
  }, 180_000);

  describe('when', () => {
    let store: EventStore;
    const open = async (address = server.address, patienceMs = 2_000): Promise<void> => {
      store = await openEventStoreDb({ address, patienceMs });
    };
    afterEach(() => store.close());
    const append = (stream: string) => store.append(stream, [anEvent()], { expected: 'any' });
    const lengthOf = async (stream: string): Promise<number> => (await store.readStream(stream)).length;

    it.each([
      ['the answer to an append is lost', { dropAfterWrite: 1 }],
      ['the connection breaks before an append is written', { dropBeforeWrite: 1 }],
      ['a node is no longer the leader', { notLeader: 1 }],
    ])('%s, it finds out what became of it', async (_case, faults) => {
      await open();
      await append('s');
      await server.faults(faults);
      expect(await append('s')).toMatchObject({ revision: 1 });
      expect(await lengthOf('s')).toBe(2);
    });

    it('the server is not ready, it says unavailable, and goes on when it is', async () => {
      await open(server.address, 300);
      await append('s');
      await server.faults({ notReady: true });
      await expect(append('s')).rejects.toMatchObject({ kind: 'unavailable', code: 'EVENT_STORE.UNAVAILABLE' });
      await expect(store.head()).rejects.toMatchObject({ code: 'EVENT_STORE.UNAVAILABLE' });
      await server.faults({ notReady: false });
      await append('s');
      expect(await lengthOf('s')).toBe(2);
    });

    it('a cluster could not be discovered, it makes a new client and goes on', async () => {
      const discover = `esdb+discover://127.0.0.1:${server.port}?tls=false&maxDiscoverAttempts=2&discoveryInterval=20`;
      await open(discover, 400);
      await append('s');
      await server.kill();
      await expect(append('s')).rejects.toMatchObject({ code: 'EVENT_STORE.UNAVAILABLE' });
      await expect(store.readStream('s')).rejects.toMatchObject({ code: 'EVENT_STORE.UNAVAILABLE' });
      await server.restart();
      await server.faults({ gossipFails: true });
      await expect(append('s')).rejects.toMatchObject({ code: 'EVENT_STORE.UNAVAILABLE' });
      await server.faults({ gossipFails: false });
      await append('s');
      expect(await lengthOf('s')).toBe(2);
    });

    it("a new leader's clock is behind, recordedAt does not fall, and a moment keeps its position", async () => {
      await open();
      await append('s');
      const [{ recordedAt: before } = { recordedAt: 0 }] = await store.readStream('s');
      await server.faults({ skewMs: -60_000 });
      const positions = [await append('s'), await append('s')].map(({ position }) => position);
      expect((await store.readStream('s')).map(({ recordedAt }) => recordedAt)).toEqual([before, before, before]);
      await server.faults({ skewMs: 0 });
      await delay(5);
      await append('s');
      expect(await store.positionAt(before)).toBe(positions[1]);
      const other = await openEventStoreDb({ address: server.address });
      expect(await other.positionAt(before)).toBe(positions[1]);
      expect((await other.readStream('s')).map(({ recordedAt }) => recordedAt)).toEqual(
        (await store.readStream('s')).map(({ recordedAt }) => recordedAt),
      );
      await other.close();
    });

    it('the server stalls for a while, a subscription misses nothing', async () => {
      await open();
      const abort = new AbortController();
      const seen: Uuid[] = [];
      const consuming = (async () => {
        for await (const item of store.subscribe({ signal: abort.signal }))
          if (!isCaughtUp(item)) seen.push(...item.events.map(({ eventId }) => eventId));
      })();
      await append('s');
      await server.faults({ stalled: true });
      const late = append('s');
      await delay(300);
      await server.faults({ stalled: false });
      await late;
      await append('s');
      const ids = (await store.readStream('s')).map(({ eventId }) => eventId);
      for (const giveUp = performance.now() + 30_000; seen.length < 3 && performance.now() < giveUp;) await delay(10);
      expect(seen).toEqual(ids);
      abort.abort();
      await consuming;
    });

    it('there is no server, opening says so', async () => {
      await open();
      await server.kill();
      await expect(openEventStoreDb({ address: server.address, patienceMs: 200 })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'EVENT_STORE.UNAVAILABLE',
      });
      await server.restart();
      expect(await store.head()).toBe(START);
    });
  });

  it.each([['esdb://localhost:2113'], ['esdb+discover://cluster:2113?tls=true']])(
    'needs user and password over TLS: %s',
    async (address) => {
      await expect(openEventStoreDb({ address })).rejects.toMatchObject({ code: 'EVENT_STORE.BAD_ADDRESS' });
    },
  );
});

interface Counted extends DomainEvent {
  readonly type: 'test.counted';
}

function command(stream: string, commandId: Uuid) {
  const event: Counted = { type: 'test.counted', occurredAt: 0, leadId: null, pass: null, data: { commandId } };
  return {
    id: stream,
    stream,
    initialState: 0,
    evolve: (state: number) => state + 1,
    decide: () => [event],
    context: {
      commandId,
      commandDigest: '',
      correlationId: commandId,
      causationId: null,
      actor: { id: 'ada', team: 'marketing' as const },
      now: 0,
    },
  };
}
