import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '#kernel/envelope.js';
import { freshUuid } from '#kernel/ids.js';
import { START } from '#kernel/position.js';
import { copyLedger } from './copy-ledger.js';
import { installationOf, type EventStore, type LedgerCopy } from './event-store.js';
import { openSqliteEventStore } from './sqlite/sqlite-event-store.js';
import { anEvent, someEvents } from './testing/an-event.js';
import { plain } from './testing/event-store.contract.js';

const NOW = Date.UTC(2026, 10, 23, 12);

describe('Copying a ledger', () => {
  let folder: string;
  let clock: number;
  const opened: EventStore[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-copy-'));
    clock = NOW;
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(folder, { recursive: true });
  });

  async function open(name: string, copyOf?: EventStore): Promise<LedgerCopy> {
    const original = copyOf && { ledgerId: copyOf.ledgerId, installation: installationOf(copyOf) };
    const file = join(folder, `${name}.sqlite`);
    const store = await openSqliteEventStore({ file, clock: () => clock, copyOf: original });
    opened.push(store);
    return store;
  }

  /** Leads and deals over some days, each event at a moment of its own, settings in between. */
  async function filled(name: string): Promise<EventStore> {
    const store = await open(name);
    const configured: Partial<NewEvent> = { type: 'organisation.configured', data: { timeZone: 'UTC' } };
    await store.append('organisation', [anEvent(configured)], { expected: 'any' });
    for (let n = 0; n < 40; n++) {
      clock += 1_000 * (n % 3);
      const leadId = n % 5 === 0 ? null : freshUuid();
      const given = { leadId, meta: { source: 'olist', n }, data: { n, ct: 'c2VjcmV0', '2': 'b', '1': 'a' }, pass: 1 };
      await store.append(
        `s-${n % 7}`,
        someEvents(1 + (n % 3), () => given),
        { expected: 'any' },
      );
    }
    await store.append('organisation', [anEvent(configured)], { expected: 'any' });
    return store;
  }

  const all = async (store: EventStore) => {
    const events: ReturnType<typeof plain>[] = [];
    for await (const page of store.readAll({})) events.push(...page.events.map(plain));
    return events;
  };
  const withoutPosition = (events: Awaited<ReturnType<typeof all>>) => events.map(({ position: _, ...rest }) => rest);

  it('keeps ids, revisions, order, moments and payloads, and what the past was', async () => {
    const source = await filled('source');
    clock += 86_400_000;
    const target = await open('target', source);
    const copied = await copyLedger(source, target);
    await target.close();

    const copy = await open('target');
    const [before, after] = [await all(source), await all(copy)];
    expect(withoutPosition(after)).toEqual(withoutPosition(before));
    expect(copied).toMatchObject({ events: before.length, streams: 8, found: 0 });
    const nth = (events: typeof before, position: unknown) => events.findIndex((event) => event.position === position);
    for (let moment = NOW - 1_000; moment < NOW + 60_000; moment += 500)
      expect(nth(after, await copy.positionAt(moment))).toBe(nth(before, await source.positionAt(moment)));
    expect(await copy.firstRecordedAt()).toBe(await source.firstRecordedAt());

    // A ledger of its own, whose ids are made as before; and it goes on.
    expect(copy.ledgerId).not.toBe(source.ledgerId);
    expect(installationOf(copy)).toBe(source.ledgerId);
    await copy.append('s-0', [anEvent()], { expected: 'exists' });
    expect((await copy.readStream('s-0')).at(-1)?.recordedAt).toBe(clock);
    const again = await open('again', copy);
    await copyLedger(copy, again);
    expect(installationOf(again)).toBe(source.ledgerId);
  });

  it('goes on where it was interrupted, and is closed to others until it is whole', async () => {
    const source = await filled('source');
    for (const stopAfter of [0, 1, 10, 15]) {
      const target = await open('target', source);
      let appends = 0;
      const breaking: LedgerCopy = {
        ...target,
        append: async (...given) => {
          if (appends++ >= stopAfter) throw new Error('pulled the plug');
          return target.append(...given);
        },
      };
      await expect(copyLedger(source, breaking)).rejects.toThrow('pulled the plug');
      await target.close();
      await expect(open('target')).rejects.toMatchObject({ code: 'EVENT_STORE.UNFINISHED_COPY' });
    }
    const other = await filled('other');
    await expect(open('target', other)).rejects.toMatchObject({ code: 'EVENT_STORE.COPY_OF_ANOTHER' });
    const target = await open('target', source);
    const found = (await all(target)).length;
    expect(found).toBeGreaterThan(26);
    expect(await copyLedger(source, target)).toMatchObject({ events: (await all(source)).length, found });
    expect(withoutPosition(await all(target))).toEqual(withoutPosition(await all(source)));
    await target.close();
    await expect(open('target', source)).rejects.toMatchObject({ code: 'EVENT_STORE.NOT_EMPTY' });
    await open('target');
  });

  it('carries on with what the source gained meanwhile', async () => {
    const source = await filled('source');
    const target = await open('target', source);
    let more = 5;
    const growing: LedgerCopy = {
      ...target,
      append: async (...given) => {
        if (more-- > 0) await source.append('late', [anEvent()], { expected: 'any' });
        return target.append(...given);
      },
    };
    await copyLedger(source, growing);
    expect(await target.readStream('late')).toHaveLength(5);
  });

  it('refuses a ledger that holds anything', async () => {
    const source = await filled('source');
    const target = await open('target');
    await target.append('organisation', [anEvent({ type: 'organisation.configured' })], { expected: 'any' });
    await target.close();
    await expect(open('target', source)).rejects.toMatchObject({ kind: 'refused', code: 'EVENT_STORE.NOT_EMPTY' });
  });

  it.each([
    ['is not the beginning of the source', 0],
    ['has got something else on the way', 20],
  ])('stops where the target %s', async (_case, after) => {
    const source = await filled('source');
    const target = await open('target', source);
    let appends = 0;
    const disturbed: LedgerCopy = {
      ...target,
      append: async (...given) => {
        if (appends++ === after) await target.append('stranger', [anEvent({ recordedAt: clock })], { expected: 'any' });
        return target.append(...given);
      },
    };
    await expect(copyLedger(source, disturbed)).rejects.toMatchObject({ kind: 'refused' });
    await expect(copyLedger(source, target)).rejects.toMatchObject({ code: 'COPY.DIFFERS' });
  });

  it('copies an empty ledger too', async () => {
    const source = await open('source');
    const target = await open('target', source);
    expect(await copyLedger(source, target)).toMatchObject({ events: 0, streams: 0 });
    expect(await target.head()).toBe(START);
  });
});
