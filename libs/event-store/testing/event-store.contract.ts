import type { RecordedEvent } from '#kernel/envelope.js';
import { freshUuid, type Uuid } from '#kernel/ids.js';
import { START, type Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import {
  isCaughtUp,
  type EventStore,
  type ReadAllOptions,
  type StreamAppend,
  type SubscribeOptions,
} from '../event-store.js';
import { anEvent, someEvents } from './an-event.js';

/** One ledger, new for each test, with the clock in the test's hand. */
export interface ContractLedger {
  readonly store: EventStore;
  /** What the store takes for the time; a test may set it forward and back. */
  readonly clock: { now: Instant };
  /** Another handle on the same ledger, as another process would hold it; closed by `close`. */
  second(): Promise<EventStore>;
  /** Closes `store` and opens the ledger again. */
  reopen(): Promise<EventStore>;
  close(): Promise<void>;
}

/** Where adapters may differ; a weaker one says so here, and the suite shows it. */
export interface ContractCapabilities {
  /**
   * Where an event id is known again that comes a second time: `ledger`, in any stream; `stream`, in its own only (ids are made of the
   * command and the stream, so that one in two streams is a fault of the caller).
   */
  readonly eventIdsKnownIn: 'ledger' | 'stream';
  /** `real`: nobody can set the store's clock (a server that the tests were pointed at); what needs that is shown as skipped. */
  readonly clock?: 'settable' | 'real';
}

/** What every event store promises; each adapter's spec runs it. */
export function eventStoreContract(
  name: string,
  open: () => Promise<ContractLedger>,
  { eventIdsKnownIn, clock = 'settable' }: ContractCapabilities = { eventIdsKnownIn: 'ledger' },
): void {
  const inLedger = eventIdsKnownIn === 'ledger';
  const itWithClock = clock === 'settable' ? it : it.skip;
  describe(`${name} as an event store`, () => {
    let ledger: ContractLedger;
    let store: EventStore;

    beforeEach(async () => {
      ledger = await open();
      store = ledger.store;
    });
    afterEach(async () => {
      await ledger.close();
    });

    describe('append and read', () => {
      it('gives back everything of the envelope and the payload', async () => {
        const leadId = freshUuid();
        const event = anEvent({
          type: 'lead.created',
          schemaVersion: 3,
          causationId: 'cause-1',
          correlationId: 'crm/42',
          actor: { id: 'grace', team: 'sales' },
          leadId,
          pass: 2,
          occurredAt: Date.UTC(1999, 11, 31, 23, 59, 59, 999),
          meta: { source: 'olist', row: 7 },
          data: {
            name: 'Zoë 李 🚀 \u0000 "quoted"\n',
            day: '2026-02-28',
            nested: { list: [1, null, 'x', 1.5], no: false },
          },
        });
        const appended = await store.append(`lead-${leadId}`, [event], { expected: 'no-stream' });

        const [read] = await store.readStream(`lead-${leadId}`);
        expect(plain(read)).toEqual({
          ...event,
          stream: `lead-${leadId}`,
          revision: 0,
          position: appended.position,
          recordedAt: clock === 'settable' ? ledger.clock.now : read?.recordedAt,
        });
        expect(appended).toMatchObject({ revision: 0, repeated: false });
        expect(await inPages(store, {})).toEqual([plain(read)]);
      });

      it('gives null for what an event does not have', async () => {
        await store.append('member-1', [anEvent({ data: null })], { expected: 'any' });
        const [read] = await store.readStream('member-1');
        expect(plain(read)).toMatchObject({ leadId: null, pass: null, causationId: null, meta: null, data: null });
      });

      it('appends several events as one, numbered from 0', async () => {
        const events = someEvents(3, (index) => ({ data: { index } }));
        const appended = await store.append('s', events, { expected: 'no-stream' });
        expect(appended.revision).toBe(2);
        const read = await store.readStream('s');
        expect(read.map((event) => [event.revision, event.eventId, event.data()])).toEqual(
          events.map((event, index) => [index, event.eventId, { index }]),
        );
        expect(read.at(-1)?.position).toBe(appended.position);
      });

      it('reads nothing from a stream that does not exist', async () => {
        expect(await store.readStream('nobody')).toEqual([]);
        expect(await all(store.read('nobody'))).toEqual([]);
      });

      it('reads a stream from a revision on, and up to a position', async () => {
        const positions: Position[] = [];
        for (const event of someEvents(5))
          positions.push((await store.append('s', [event], { expected: 'any' })).position);
        const revisions = (events: readonly RecordedEvent[]): number[] => events.map(({ revision }) => revision);
        expect(revisions(await store.readStream('s', { from: 3 }))).toEqual([3, 4]);
        expect(revisions(await store.readStream('s', { upTo: item(positions, 2) }))).toEqual([0, 1, 2]);
        expect(revisions(await all(store.read('s', { from: 1, upTo: item(positions, 3) })))).toEqual([1, 2, 3]);
        expect(revisions(await store.readStream('s', { upTo: START }))).toEqual([]);
      });

      it('reads a long stream whole', async () => {
        await store.append('long', someEvents(2_500), { expected: 'no-stream' });
        expect(await all(store.read('long'))).toHaveLength(2_500);
        expect(await store.readStream('long')).toHaveLength(2_500);
      });

      it('gives the same stream to whoever wrote it and to everybody else, at any time', async () => {
        const stores = [store, await ledger.second()];
        const leadId = freshUuid();
        for (let n = 0; n < 40; n++) {
          const events = someEvents(1 + (n % 3), () => ({ leadId, meta: { n }, data: { n }, pass: 1 }));
          const writer = item(stores, Number(n % 5 === 0));
          await writer.append(`s-${n % 4}`, events, { expected: 'any' });
          if (n % 7 === 0) await writer.append(`s-${n % 4}`, events, { expected: 'any' });
          for (const stream of ['s-0', `s-${n % 4}`]) {
            const [one, other] = await Promise.all(
              stores.map(async (each) => (await each.readStream(stream)).map(plain)),
            );
            expect(one).toEqual(other);
          }
        }
        const fresh = await ledger.second();
        for (const stream of ['s-0', 's-1', 's-2', 's-3']) {
          expect((await store.readStream(stream)).map(plain)).toEqual((await fresh.readStream(stream)).map(plain));
        }
        expect((await lengths(store, ['s-0', 's-1', 's-2', 's-3'])).reduce((sum, length) => sum + length)).toBe(79);
      });

      it('refuses an append of nothing', async () => {
        await expect(store.append('s', [], { expected: 'any' })).rejects.toMatchObject({
          code: 'EVENT_STORE.EMPTY_APPEND',
        });
        expect(await store.head()).toBe(START);
      });

      it('keeps everything over a restart', async () => {
        const { position } = await store.append('s', someEvents(2), { expected: 'no-stream' });
        const id = store.ledgerId;
        const again = await ledger.reopen();
        expect(again.ledgerId).toBe(id);
        expect(await again.head()).toBe(position);
        expect(await again.readStream('s')).toHaveLength(2);
        await again.append('s', [anEvent()], { expected: 1 });
      });
    });

    describe('what an append expects', () => {
      it.each([
        ['no-stream', 'a stream that exists', 1],
        [0, 'another revision', 1],
        [2, 'a later revision', 1],
      ] as const)('refuses %s on %s and names the actual revision', async (expected, _case, actual) => {
        await store.append('s', someEvents(2), { expected: 'no-stream' });
        await expect(store.append('s', [anEvent()], { expected })).rejects.toMatchObject({
          kind: 'stale',
          code: 'EVENT_STORE.WRONG_REVISION',
          extra: { actual },
        });
        expect(await store.readStream('s')).toHaveLength(2);
      });

      it.each([['exists'], [0]] as const)('refuses %s on a stream that does not exist', async (expected) => {
        await expect(store.append('s', [anEvent()], { expected })).rejects.toMatchObject({
          code: 'EVENT_STORE.WRONG_REVISION',
          extra: { actual: null },
        });
        expect(await store.head()).toBe(START);
      });

      it('takes what is so', async () => {
        await store.append('s', [anEvent()], { expected: 'no-stream' });
        await store.append('s', [anEvent()], { expected: 'exists' });
        await store.append('s', [anEvent()], { expected: 1 });
        await store.append('s', [anEvent()], { expected: 'any' });
        await store.append('t', [anEvent()], { expected: 'any' });
        expect(await store.readStream('s')).toHaveLength(4);
      });

      it('lets one of two concurrent creators win', async () => {
        const other = await ledger.second();
        for (let round = 0; round < 10; round++) {
          const results = await Promise.allSettled(
            [store, other, store].map((each) => each.append(`s-${round}`, [anEvent()], { expected: 'no-stream' })),
          );
          expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
          expect(await store.readStream(`s-${round}`)).toHaveLength(1);
        }
      });

      it('takes 100 parallel appends to one stream without loss', async () => {
        const events = someEvents(100);
        await Promise.all(events.map((event) => store.append('s', [event], { expected: 'any' })));
        const read = await store.readStream('s');
        expect(read.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
        expect(new Set(read.map(({ eventId }) => eventId))).toEqual(new Set(events.map(({ eventId }) => eventId)));
      });

      it('leaves the others of a group in when one fails', async () => {
        await store.append('taken', [anEvent()], { expected: 'no-stream' });
        const elsewhere = anEvent();
        await store.append('elsewhere', [elsewhere], { expected: 'no-stream' });
        const results = await Promise.allSettled([
          store.append('a', someEvents(2), { expected: 'no-stream' }),
          store.append('taken', [anEvent()], { expected: 'no-stream' }),
          store.append('b', [anEvent()], { expected: 'no-stream' }),
          store.append('c', [anEvent(), elsewhere, anEvent()], { expected: inLedger ? 'no-stream' : 5 }),
          store.append('a', [anEvent()], { expected: 1 }),
          store.append('d', [anEvent()], { expected: 'no-stream' }),
        ]);
        expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true, true]);
        expect(await lengths(store, ['a', 'b', 'c', 'd', 'taken'])).toEqual([3, 1, 0, 1, 1]);
        expect((await inPages(store, {})).map(({ position }) => position)).toEqual([
          ...new Set(await positions(store)),
        ]);
      });
    });

    describe('appends to several streams together, where the store can', () => {
      const both = (first: StreamAppend, second: StreamAppend) => store.appendTogether?.([first, second]);
      const fresh = (stream: string, count = 1): StreamAppend => ({
        stream,
        events: someEvents(count),
        expected: 'no-stream',
      });

      it('are all there', async () => {
        const appended = await both(fresh('a', 2), fresh('b', 3));
        if (appended === undefined) return;
        expect(appended).toMatchObject([
          { revision: 1, repeated: false },
          { revision: 2, repeated: false },
        ]);
        expect((await store.readStream('a')).at(-1)?.position).toBe(appended[0]?.position);
        expect((await store.readStream('b')).map(({ revision }) => revision)).toEqual([0, 1, 2]);
        expect((await store.readStream('b')).at(-1)?.position).toBe(appended[1]?.position);
      });

      it.each([0, 1])('are none when number %d of them is refused; others of the group stay in', async (refused) => {
        if (store.appendTogether === undefined) return;
        await store.append('there', someEvents(1), { expected: 'no-stream' });
        const appends = [fresh('a'), fresh('b')].map((one, index) =>
          index === refused ? { ...one, stream: 'there' } : one,
        );
        const results = await Promise.allSettled([
          store.append('before', someEvents(1), { expected: 'no-stream' }),
          store.appendTogether(appends),
          store.append('after', someEvents(1), { expected: 'no-stream' }),
        ]);
        expect(results[1]).toMatchObject({
          status: 'rejected',
          reason: { code: 'EVENT_STORE.WRONG_REVISION', extra: { actual: 0 } },
        });
        for (const { stream } of appends) {
          expect(await store.readStream(stream)).toHaveLength(stream === 'there' ? 1 : 0);
        }
        expect(await store.readStream('before')).toHaveLength(1);
        expect(await store.readStream('after')).toHaveLength(1);
        expect(await store.append('a', someEvents(1), { expected: 'no-stream' })).toMatchObject({ revision: 0 });
      });

      it('add nothing when they are repeated, and go on where only the first of them is there', async () => {
        if (store.appendTogether === undefined) return;
        const [a, b] = [fresh('a', 2), fresh('b')];
        await store.append('a', a.events, { expected: 'no-stream' });
        const appended = await store.appendTogether([a, b]);
        expect(appended).toMatchObject([
          { revision: 1, repeated: true },
          { revision: 0, repeated: false },
        ]);
        const head = await store.head();
        expect(await store.appendTogether([a, b])).toEqual(appended.map((one) => ({ ...one, repeated: true })));
        expect(await store.head()).toBe(head);
      });

      it('leave nothing behind when an event id of the last of them lies elsewhere', async () => {
        if (store.appendTogether === undefined) return;
        const elsewhere = someEvents(1);
        await store.append('elsewhere', elsewhere, { expected: 'no-stream' });
        const taken = store.appendTogether([fresh('a'), { ...fresh('b'), events: elsewhere }]);
        await expect(taken).rejects.toMatchObject({ code: 'EVENT_STORE.EVENT_ID_TAKEN' });
        expect(await store.readStream('a')).toEqual([]);
        expect(await store.readStream('b')).toEqual([]);
      });
    });

    describe('the same event ids again', () => {
      it.each([['no-stream'], ['any'], ['exists'], [0], [7]] as const)(
        'add nothing in the same stream and answer as before, even when %s is expected',
        async (expected) => {
          const events = someEvents(2);
          const first = await store.append('s', events, { expected: 'no-stream' });
          await store.append('s', [anEvent()], { expected: 1 });
          expect(await store.append('s', events, { expected })).toEqual({ ...first, repeated: true });
          expect(await store.readStream('s')).toHaveLength(3);
        },
      );

      const where = inLedger ? 'in another stream, in part' : 'in part';
      it(`are an error ${where}, or in another order`, async () => {
        const [a, b, c] = someEvents(3) as [
          ReturnType<typeof anEvent>,
          ReturnType<typeof anEvent>,
          ReturnType<typeof anEvent>,
        ];
        await store.append('s', [a, b], { expected: 'no-stream' });
        for (const [stream, events] of [
          ...(inLedger ? ([['t', [a, b]]] as const) : []),
          ['s', [b, c]],
          ['s', [c, a]],
          ['s', [b, a]],
          ['u', [c, c]],
        ] as const) {
          await expect(store.append(stream, events, { expected: 'any' })).rejects.toMatchObject({
            code: 'EVENT_STORE.EVENT_ID_TAKEN',
          });
        }
        expect(await lengths(store, ['s', 't', 'u'])).toEqual([2, 0, 0]);
      });

      it('add nothing when both come in one group', async () => {
        const events = someEvents(2);
        const results = await Promise.all([1, 2, 3].map(() => store.append('s', events, { expected: 'no-stream' })));
        expect(results.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
        expect(await store.readStream('s')).toHaveLength(2);
      });
    });

    describe('readAll', () => {
      beforeEach(async () => {
        for (let n = 0; n < 30; n++) {
          const type = n % 3 === 0 ? 'test.third' : 'test.happened';
          await store.append(`s-${n % 7}`, [anEvent({ type, data: { n } })], { expected: 'any' });
        }
      });

      it('gives every event once, in strictly increasing positions', async () => {
        const events = await inPages(store, { pageSize: 7 });
        expect(events.map(({ data }) => data)).toEqual(Array.from({ length: 30 }, (_, n) => ({ n })));
        expectIncreasing(events.map(({ position }) => position));
        expect(events.at(-1)?.position).toBe(await store.head());
      });

      it('can be resumed at every position', async () => {
        const events = await inPages(store, {});
        for (const [index, { position }] of events.entries()) {
          expect(await inPages(store, { after: position, pageSize: 4 })).toEqual(events.slice(index + 1));
          expect(await inPages(store, { upTo: position, pageSize: 4 })).toEqual(events.slice(0, index + 1));
        }
      });

      it('moves `to` over empty pages up to the head', async () => {
        const pages = await all(store.readAll({ types: ['test.unknown'], pageSize: 5 }));
        expect(pages.every(({ events }) => events.length === 0)).toBe(true);
        expect(pages.at(-1)?.to).toBe(await store.head());
        expectIncreasing(pages.map(({ to }) => to));
      });

      it('filters by type', async () => {
        const thirds = await inPages(store, { types: ['test.third', 'test.unknown'], pageSize: 4 });
        expect(thirds.map(({ data }) => data)).toEqual(Array.from({ length: 10 }, (_, n) => ({ n: n * 3 })));
      });

      it('deals every event to exactly one lane, all of a lead to the same', async () => {
        const leadId = freshUuid();
        await store.append(`lead-${leadId}`, [anEvent({ leadId })], { expected: 'any' });
        await store.append(`deal-${freshUuid()}`, [anEvent({ leadId })], { expected: 'any' });
        const lanes = await Promise.all(
          [0, 1, 2].map((index) => inPages(store, { lane: { index, of: 3 }, pageSize: 6 })),
        );
        expect(
          lanes
            .flat()
            .map(({ eventId }) => eventId)
            .sort(),
        ).toEqual((await inPages(store, {})).map(({ eventId }) => eventId).sort());
        expect(lanes.filter((lane) => lane.some((event) => event.leadId === leadId))).toHaveLength(1);
        const both = await inPages(store, { lane: { index: 1, of: 3 }, types: ['test.third'] });
        expect(both).toEqual(item(lanes, 1).filter(({ type }) => type === 'test.third'));
      });

      it('never shows a lower position later while others write', async () => {
        const other = await ledger.second();
        const state = { writing: true };
        const writers = [store, other].map(async (each, index) => {
          for (let n = 0; n < 60; n++)
            await each.append(`w-${index}-${n % 5}`, someEvents(1 + (n % 3)), { expected: 'any' });
        });
        const done = Promise.all(writers).finally(() => (state.writing = false));
        const seen: Position[] = [];
        let after = START;
        while (state.writing) {
          for await (const page of store.readAll({ after, pageSize: 10 })) {
            seen.push(...page.events.map(({ position }) => position));
            after = page.to;
          }
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        await done;
        seen.push(...(await inPages(store, { after })).map(({ position }) => position));
        expectIncreasing(seen);
        expect(seen).toEqual(await positions(store));
      });
    });

    describe('the moment of recording', () => {
      itWithClock('never falls, even when the clock steps back', async () => {
        const start = ledger.clock.now;
        const stamps: Instant[] = [];
        for (const step of [0, 50, -4_000, -3_999, 60, -100_000, 70]) {
          ledger.clock.now = start + step;
          await store.append('s', [anEvent()], { expected: 'any' });
        }
        for (const event of await store.readStream('s')) stamps.push(event.recordedAt - start);
        expect(stamps).toEqual([0, 50, 50, 50, 60, 60, 70]);
      });

      itWithClock('never falls over a restart and between processes', async () => {
        const start = ledger.clock.now;
        await store.append('s', [anEvent()], { expected: 'any' });
        ledger.clock.now = start - 60_000;
        await (await ledger.second()).append('s', [anEvent()], { expected: 'any' });
        store = await ledger.reopen();
        await store.append('s', [anEvent()], { expected: 'any' });
        expect((await store.readStream('s')).map(({ recordedAt }) => recordedAt)).toEqual([start, start, start]);
        expect(await store.clockLag()).toBe(60_000);
        ledger.clock.now = start + 1;
        expect(await store.clockLag()).toBe(0);
      });

      itWithClock('finds the position of a moment before, at and after events', async () => {
        const start = ledger.clock.now;
        const at: Position[] = [];
        for (const step of [0, 0, 10, 30]) {
          ledger.clock.now = start + step;
          at.push((await store.append('s', [anEvent()], { expected: 'any' })).position);
        }
        ledger.clock.now = start + 60_000;
        const found = await Promise.all([-1, 0, 9, 10, 29, 30, 59_000].map((step) => store.positionAt(start + step)));
        expect(found).toEqual([START, at[1], at[1], at[2], at[2], at[3], at[3]]);
        expect(await store.firstRecordedAt()).toBe(start);
        expect(await store.recordedAtOf(item(at, 2))).toBe(start + 10);
        expect(await store.recordedAtOf(START)).toBeNull();
      });

      itWithClock(
        'answers about the last seconds with everything that was recorded until then, and always the same',
        async () => {
          const other = await ledger.second();
          const start = ledger.clock.now;
          for (let n = 0; n < 20; n++) {
            ledger.clock.now = start + n;
            const running = [store, other, store].map((each) => each.append('s', [anEvent()], { expected: 'any' }));
            ledger.clock.now = start + n + 1;
            const asked = await store.positionAt(start + n);
            await Promise.all(running);
            const recorded = (await inPages(store, {})).filter(({ recordedAt }) => recordedAt <= start + n);
            expect(asked).toBe(recorded.at(-1)?.position ?? START);
            expect(await other.positionAt(start + n)).toBe(asked);
          }
        },
      );

      it('refuses a moment in the future', async () => {
        await expect(store.positionAt(ledger.clock.now + 1)).rejects.toMatchObject({
          kind: 'malformed',
          code: 'EVENT_STORE.MOMENT_IN_FUTURE',
        });
      });

      it('has no first moment while it is empty', async () => {
        expect(await store.firstRecordedAt()).toBeNull();
        expect(await store.clockLag()).toBe(0);
        expect(await store.positionAt(ledger.clock.now - 1)).toBe(START);
      });
    });

    describe('a past of its own', () => {
      const past = Date.UTC(2018, 0, 1);

      it('may be brought into an empty ledger, and tells moments from then on', async () => {
        await store.append('organisation', [anEvent({ type: 'organisation.configured' })], { expected: 'any' });
        const at: Position[] = [];
        for (const day of [0, 0, 1, 5]) {
          const event = anEvent({ recordedAt: past + day * 86_400_000 });
          at.push((await store.append(`s-${day}`, [event], { expected: 'any' })).position);
        }
        expect((await store.readStream('s-5'))[0]?.recordedAt).toBe(past + 5 * 86_400_000);
        expect(await store.positionAt(past + 86_400_000)).toBe(at[2]);
        expect(await store.positionAt(past - 1)).toBe(START);
        expect(await store.firstRecordedAt()).toBe(past);
        // Then the store's clock counts.
        await store.append('s-5', [anEvent()], { expected: 'any' });
        const stamped = (await store.readStream('s-5'))[1]?.recordedAt;
        if (clock === 'settable') expect(stamped).toBe(ledger.clock.now);
        else expect(stamped).toBeGreaterThan(past + 5 * 86_400_000);
      });

      it.each([
        ['falls', { recordedAt: past - 1 }],
        ['lies in the future', { recordedAt: Date.UTC(2200, 0, 1) }],
      ])('is refused when a moment %s', async (_case, given) => {
        await store.append('s', [anEvent({ recordedAt: past })], { expected: 'any' });
        await expect(store.append('s', [anEvent(given)], { expected: 'any' })).rejects.toMatchObject(NOT_ALLOWED);
        expect(await store.readStream('s')).toHaveLength(1);
      });

      it('is refused once the ledger holds events of its own', async () => {
        await store.append('s', [anEvent()], { expected: 'any' });
        await expect(store.append('s', [anEvent({ recordedAt: past })], { expected: 'any' })).rejects.toMatchObject(
          NOT_ALLOWED,
        );
      });

      it('ends with the first append that brings no moment', async () => {
        await store.append('s', [anEvent({ recordedAt: past })], { expected: 'any' });
        await store.append('s', [anEvent()], { expected: 'any' });
        await expect(
          store.append('s', [anEvent({ recordedAt: ledger.clock.now })], { expected: 'any' }),
        ).rejects.toMatchObject(NOT_ALLOWED);
      });

      it('is brought by one process only', async () => {
        await store.append('s', [anEvent({ recordedAt: past })], { expected: 'any' });
        const other = await ledger.second();
        await expect(other.append('s', [anEvent({ recordedAt: past })], { expected: 'any' })).rejects.toMatchObject(
          NOT_ALLOWED,
        );
      });

      it('goes on after an append of it was refused in its group', async () => {
        const repeated = anEvent({ recordedAt: past });
        await store.append('s', [repeated], { expected: 'any' });
        const elsewhere = inLedger ? repeated : anEvent({ recordedAt: past + 1 });
        const results = await Promise.allSettled([
          store.append('s', [anEvent({ recordedAt: past + 1 })], { expected: 'any' }),
          store.append('s', [repeated], { expected: 'any' }),
          store.append('t', [elsewhere], { expected: inLedger ? 'any' : 5 }),
          store.append('s', [anEvent({ recordedAt: past + 2 })], { expected: 'any' }),
        ]);
        expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true]);
        await store.append('s', [anEvent({ recordedAt: past + 3 })], { expected: 'any' });
      });
    });

    describe('the streams of a lead', () => {
      it('are those whose first event names it, without its own', async () => {
        const leadId = freshUuid();
        await store.append(`lead-${leadId}`, [anEvent({ leadId })], { expected: 'any' });
        await store.append('deal-b', [anEvent({ leadId }), anEvent({ leadId })], { expected: 'any' });
        await store.append('deal-a', [anEvent({ leadId })], { expected: 'any' });
        await store.append('deal-c', [anEvent({ leadId: freshUuid() })], { expected: 'any' });
        await store.append('deal-d', [anEvent()], { expected: 'any' });
        expect(await store.streamsOfLead(leadId)).toEqual(['deal-b', 'deal-a']);
        expect(await store.streamsOfLead(freshUuid())).toEqual([]);
      });
    });

    describe('a subscription', () => {
      it('gives the history, says that it has caught up, and goes on live', async () => {
        await store.append('s', someEvents(25), { expected: 'any' });
        const follow = following(store, { pageSize: 10 });
        await follow.until(25);
        await follow.untilCaughtUp();
        expect(follow.caughtUpAt[0]).toBe(await store.head());
        await store.append('s', someEvents(3), { expected: 'any' });
        await follow.until(28);
        follow.stop();
        await follow.ended;
        expect(follow.events).toEqual((await inPages(store, {})).map(({ eventId }) => eventId));
      });

      it('has caught up at once with an empty ledger, and after the head', async () => {
        const follow = following(store, {});
        await follow.untilCaughtUp();
        expect(follow.caughtUpAt).toEqual([START]);
        follow.stop();
        await follow.ended;
      });

      it('sees what another process commits', async () => {
        const other = await ledger.second();
        const follow = following(store, {});
        await follow.untilCaughtUp();
        for (let n = 1; n <= 5; n++) {
          await other.append('s', [anEvent()], { expected: 'any' });
          await follow.until(n);
        }
        follow.stop();
        await follow.ended;
      });

      it('filters by type and lane, and moves on over what it leaves out', async () => {
        const follow = following(store, { types: ['test.third'], lane: { index: 1, of: 2 }, pageSize: 5 });
        for (let n = 0; n < 40; n++) {
          await store.append(`s-${n}`, [anEvent({ type: n % 3 === 0 ? 'test.third' : 'test.happened' })], {
            expected: 'any',
          });
        }
        const wanted = await inPages(store, { types: ['test.third'], lane: { index: 1, of: 2 } });
        await follow.until(wanted.length);
        await follow.untilAt(await store.head());
        follow.stop();
        await follow.ended;
        expect(follow.events).toEqual(wanted.map(({ eventId }) => eventId));
      });

      it('neither loses nor reorders anything for a slow consumer', async () => {
        const follow = following(store, { pageSize: 3 }, () => new Promise((resolve) => setTimeout(resolve, 2)));
        for (let n = 0; n < 60; n++) await store.append(`s-${n % 4}`, [anEvent()], { expected: 'any' });
        await follow.until(60);
        follow.stop();
        await follow.ended;
        expect(follow.events).toEqual((await inPages(store, {})).map(({ eventId }) => eventId));
      });

      it('resumes after a position', async () => {
        await store.append('s', someEvents(4), { expected: 'any' });
        const after = item(await store.readStream('s'), 1).position;
        const follow = following(store, { after });
        await follow.until(2);
        follow.stop();
        await follow.ended;
        expect(follow.events).toEqual((await store.readStream('s', { from: 2 })).map(({ eventId }) => eventId));
      });

      it('ends when its signal aborts, also before it began', async () => {
        const follow = following(store, {});
        await follow.untilCaughtUp();
        follow.stop();
        await follow.ended;
        expect(await all(store.subscribe({ signal: AbortSignal.abort() }))).toEqual([]);
      });

      it('ends when the store closes', async () => {
        const follow = following(store, {});
        await follow.untilCaughtUp();
        await store.close();
        await follow.ended;
      });
    });

    it('refuses appends after it was closed, and finishes those before', async () => {
      const before = store.append('s', [anEvent()], { expected: 'any' });
      await store.close();
      await expect(before).resolves.toMatchObject({ revision: 0 });
      await expect(store.append('s', [anEvent()], { expected: 'any' })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'EVENT_STORE.UNAVAILABLE',
      });
    });
  });
}

const NOT_ALLOWED = { kind: 'refused', code: 'EVENT_STORE.HISTORY_NOT_ALLOWED' };

/** An event with its lazy members drawn out, to compare. */
export function plain(event: RecordedEvent | undefined) {
  if (event === undefined) throw new Error('there is no such event');
  const { eventId, type, schemaVersion, commandId, commandDigest, correlationId, causationId, actor } = event;
  const { leadId, pass, occurredAt, recordedAt, meta, stream, revision, position } = event;
  return {
    ...{ eventId, type, schemaVersion, commandId, commandDigest, correlationId, causationId, actor: { ...actor } },
    ...{ leadId, pass, occurredAt, recordedAt, meta, stream, revision, position, data: event.data() },
  };
}

async function inPages(store: EventStore, options: ReadAllOptions) {
  const pages = await all(store.readAll(options));
  return pages.flatMap(({ events }) => events.map(plain));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const positions = async (store: EventStore): Promise<Position[]> =>
  (await inPages(store, {})).map(({ position }) => position);

const lengths = (store: EventStore, streams: readonly string[]): Promise<number[]> =>
  Promise.all(streams.map(async (stream) => (await store.readStream(stream)).length));

function expectIncreasing(values: readonly Position[]): void {
  for (let index = 1; index < values.length; index++) expect(item(values, index) > item(values, index - 1)).toBe(true);
}

function item<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no item ${index}`);
  return found;
}

/** Consumes a subscription in the background and lets a test wait for what it expects of it. */
function following(store: EventStore, options: Omit<SubscribeOptions, 'signal'>, pause?: () => Promise<unknown>) {
  const abort = new AbortController();
  const events: Uuid[] = [];
  const caughtUpAt: Position[] = [];
  let at = START;
  const ended = (async () => {
    for await (const item of store.subscribe({ ...options, signal: abort.signal })) {
      if (isCaughtUp(item)) caughtUpAt.push(item.to);
      else events.push(...item.events.map(({ eventId }) => eventId));
      at = item.to;
      await pause?.();
    }
  })();
  const waitFor = async (what: string, holds: () => boolean): Promise<void> => {
    const deadline = performance.now() + 30_000;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what}; ${events.length} events came`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  return {
    events,
    caughtUpAt,
    ended,
    stop: () => abort.abort(),
    until: (count: number) => waitFor(`${count} events`, () => events.length >= count),
    untilCaughtUp: () => waitFor('having caught up', () => caughtUpAt.length > 0),
    untilAt: (position: Position) => waitFor(`position ${position}`, () => at >= position),
  };
}
