import type { RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import { positionOf } from '#kernel/position.js';
import type { ReadStore, Stored } from '#read-store/read-store.js';
import { documentProcessor } from './document-projector.js';
import type { DocumentView, LaneProjector } from './processor.js';

interface Item {
  readonly names: readonly string[];
}

const named: DocumentView<Item> = {
  view: 'item',
  types: ['named', 'dropped', 'pair'],
  idsOf: (event) => (event.type === 'pair' ? ['a', 'b'] : [event.stream]),
  project(document, event, id) {
    if (event.type === 'dropped') return null;
    const name = event.data() as string; // this file's own events
    if (name === 'same') return document;
    if (name === 'poison' || (name === 'half' && id === 'b')) throw new Error('poisoned');
    return { names: [...(document?.names ?? []), name] };
  },
};
const counted: DocumentView<{ readonly n: number }> = {
  view: 'count',
  types: ['named'],
  idsOf: () => ['all'],
  project: (document) => ({ n: (document?.n ?? 0) + 1 }),
};

function event(position: number, stream: string, name: string, type = 'named'): RecordedEvent {
  const partial = { type, stream, position: positionOf(position), eventId: `event-${position}`, data: () => name };
  return partial as unknown as RecordedEvent; // a document view looks at no more of it
}

/** Remembers what was asked for. */
function storeOf(documents: Readonly<Record<string, Stored>>): { store: ReadStore; asked: string[][] } {
  const asked: string[][] = [];
  const getMany = async (_p: string, _g: number, view: string, ids: readonly string[]) => {
    asked.push([view, ...ids]);
    return view === 'item' ? ids.flatMap((id) => documents[id] ?? []) : [];
  };
  return { store: { getMany } as unknown as ReadStore, asked }; // a projector only loads
}

async function open(
  store: ReadStore,
  views: Parameters<typeof documentProcessor>[1],
  cached?: number,
): Promise<LaneProjector> {
  const spec = { processor: 'items', version: 1, views: [] };
  return documentProcessor(spec, views, { cached }).open({ store, generation: 1, lane: 0, lanes: 1, from: null });
}

async function projected(projector: LaneProjector, ...events: RecordedEvent[]): Promise<void> {
  await projector.prepare(events);
  for (const one of events) projector.project(one);
}

describe('a document projector', () => {
  it('folds each event into the documents that it names, and hands over each changed one once', async () => {
    const projector = await open(storeOf({}).store, [named, counted]);
    await projected(projector, event(1, 'a', 'x'), event(2, 'b', 'y'), event(3, 'a', 'z'));
    expect(projector.dirty).toBe(3);
    expect(projector.writes(positionOf(5))).toEqual([
      { view: 'item', id: 'a', read: null, at: 3n, document: { names: ['x', 'z'] } },
      { view: 'item', id: 'b', read: null, at: 2n, document: { names: ['y'] } },
      { view: 'count', id: 'all', read: null, at: 3n, document: { n: 3 } },
    ]);
    expect(projector.dirty).toBe(0);
    expect(projector.writes(positionOf(6))).toEqual([]);
  });

  it('guards its next write with the position that the last one left', async () => {
    const projector = await open(storeOf({}).store, [named]);
    await projected(projector, event(1, 'a', 'x'));
    projector.writes(positionOf(1));
    await projected(projector, event(4, 'a', 'y'), event(6, 'a', 'z'));
    expect(projector.writes(positionOf(6))).toMatchObject([{ read: 1n, at: 6n, document: { names: ['x', 'y', 'z'] } }]);
  });

  it('skips events at or below the position of the stored document, and of a tombstone', async () => {
    const { store } = storeOf({
      a: { id: 'a', at: positionOf(5), document: { names: ['stored'] } },
      b: { id: 'b', at: positionOf(5), document: null },
    });
    const projector = await open(store, [named]);
    await projected(projector, event(4, 'a', 'x'), event(5, 'b', 'x'));
    expect(projector.dirty).toBe(0);
    await projected(projector, event(6, 'a', 'y'), event(7, 'b', 'new'));
    expect(projector.writes(positionOf(7))).toMatchObject([
      { id: 'a', read: 5n, document: { names: ['stored', 'y'] } },
      { id: 'b', read: 5n, document: { names: ['new'] } },
    ]);
  });

  it('leaves a tombstone where a document goes, and nothing where there was none', async () => {
    const projector = await open(storeOf({}).store, [named]);
    await projected(projector, event(1, 'a', 'x'), event(2, 'a', '', 'dropped'), event(3, 'b', '', 'dropped'));
    expect(projector.writes(positionOf(3))).toEqual([{ view: 'item', id: 'a', read: null, at: 2n, document: null }]);
  });

  it('writes nothing for an event that changes nothing', async () => {
    const projector = await open(storeOf({}).store, [named]);
    await projected(projector, event(1, 'a', 'same'));
    expect(projector.dirty).toBe(0);
  });

  it('looks for documents that an event begins in the first batch alone, where a torn one may have left them', async () => {
    const beginning = { ...named, begins: (one: RecordedEvent) => one.position < 100n };
    const { store, asked } = storeOf({ a: { id: 'a', at: positionOf(7), document: { names: ['torn'] } } });
    const projector = await open(store, [beginning]);
    await projected(projector, event(5, 'a', 'x'), event(8, 'b', 'y'));
    expect(projector.writes(positionOf(8))).toMatchObject([{ id: 'b', read: null }]);
    await projected(projector, event(9, 'c', 'z'), event(100, 'd', 'later'));
    expect(asked).toEqual([
      ['item', 'a', 'b'],
      ['item', 'd'],
    ]);
    expect(projector.writes(positionOf(100))).toMatchObject([
      { id: 'c', read: null, at: 9n, document: { names: ['z'] } },
      { id: 'd', read: null },
    ]);
  });

  it('is not changed by a poisoned event, not even in the documents folded before the cause', async () => {
    const projector = await open(storeOf({}).store, [counted, named]);
    const events = [event(1, 'a', 'x'), event(2, 'a', 'half', 'pair'), event(3, 'a', 'poison')];
    await projector.prepare(events);
    for (const one of events.slice(0, 1)) projector.project(one);
    for (const one of events.slice(1)) expect(() => projector.project(one)).toThrow('poisoned');
    expect(projector.writes(positionOf(1))).toEqual([
      { view: 'count', id: 'all', read: null, at: 1n, document: { n: 1 } },
      { view: 'item', id: 'a', read: null, at: 1n, document: { names: ['x'] } },
    ]);
  });

  it('loads each document once, all of a page together, as long as they fit', async () => {
    const { store, asked } = storeOf({});
    const projector = await open(store, [named]);
    await projected(projector, event(1, 'a', 'x'), event(2, 'b', 'x'), event(3, 'a', 'y'));
    await projected(projector, event(4, 'b', 'x'), event(5, 'c', 'x'));
    expect(asked).toEqual([
      ['item', 'a', 'b'],
      ['item', 'c'],
    ]);
  });

  it('forgets written documents beyond its bound, never unwritten ones', async () => {
    const documents: Record<string, Stored> = {};
    const { store, asked } = storeOf(documents);
    const projector = await open(store, [named], 4);
    for (let n = 1; n <= 20; n += 1) await projected(projector, event(n, `d${n}`, 'x'));
    for (let n = 1; n <= 20; n += 1) await projected(projector, event(20 + n, `d${n}`, 'y'));
    expect(asked).toHaveLength(20);
    const writes = projector.writes(positionOf(40));
    expect(writes.map(({ document }) => document)).toEqual(Array.from({ length: 20 }, () => ({ names: ['x', 'y'] })));
    for (const { id, at, document } of writes) documents[id] = { id, at, document: document as Json }; // no binary ones here
    const later = [];
    for (let n = 1; n <= 20; n += 1) {
      await projected(projector, event(40 + n, `d${n}`, 'z'));
      later.push(...projector.writes(positionOf(40 + n)));
    }
    expect(asked.length).toBeGreaterThan(30);
    expect(later.map(({ read, document }) => [read, document])).toEqual(
      Array.from({ length: 20 }, (_, n) => [BigInt(21 + n), { names: ['x', 'y', 'z'] }]),
    );
  });
});
