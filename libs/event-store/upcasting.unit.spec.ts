import type { Json } from '#kernel/json.js';
import { upcasterRegistry, upcastingEventStore, type Upcaster } from './upcasting.js';
import { inMemoryEvents } from './testing/in-memory-events.js';

const rename: Upcaster = {
  type: 'thing.done',
  from: 1,
  upcast: (data) => ({ title: (data as { name: string }).name }),
};
const addSize: Upcaster = {
  type: 'thing.done',
  from: 2,
  upcast: (data) => ({ ...(data as Record<string, Json>), size: 1 }),
};

describe('the upcaster chain', () => {
  it('leads every version to the current one, step by step', () => {
    const registry = upcasterRegistry([addSize, rename]);
    expect(registry.currentVersion('thing.done')).toBe(3);
    expect(registry.upcast('thing.done', 1, { name: 'x' })).toEqual({ title: 'x', size: 1 });
    expect(registry.upcast('thing.done', 2, { title: 'x' })).toEqual({ title: 'x', size: 1 });
    expect(registry.upcast('thing.done', 3, { title: 'x', size: 7 })).toEqual({ title: 'x', size: 7 });
  });

  it('leaves a type without steps alone', () => {
    const registry = upcasterRegistry([rename]);
    expect(registry.currentVersion('other.thing')).toBe(1);
    expect(registry.upcast('other.thing', 1, { a: 1 })).toEqual({ a: 1 });
  });

  it('refuses a gap and a doubled step', () => {
    expect(() => upcasterRegistry([addSize])).toThrow('without a gap');
    expect(() => upcasterRegistry([rename, rename])).toThrow('without a gap');
  });

  it('refuses what a later program wrote', () => {
    const registry = upcasterRegistry([rename]);
    expect(() => registry.upcast('thing.done', 3, {})).toThrow('EVENT_STORE.NEWER_SCHEMA');
  });
});

describe('a store with upcasters', () => {
  const given = [
    { type: 'thing.done', schemaVersion: 1, data: { name: 'x' } },
    { type: 'other.thing', schemaVersion: 1, data: { a: 1 } },
    { type: 'thing.done', schemaVersion: 3, data: { title: 'y', size: 2 } },
  ];

  it('gives events in their current version, each parsed only when asked', async () => {
    const inner = inMemoryEvents('s', given);
    const store = upcastingEventStore(inner.store, upcasterRegistry([rename, addSize]));
    const events = await store.readStream('s');
    expect(inner.parsed).toBe(0);
    expect(events.map((event) => [event.schemaVersion, event.data()])).toEqual([
      [3, { title: 'x', size: 1 }],
      [1, { a: 1 }],
      [3, { title: 'y', size: 2 }],
    ]);
    expect(events.map(({ revision, stream, eventId }) => ({ revision, stream, eventId }))).toEqual(
      inner.events.map(({ revision, stream, eventId }) => ({ revision, stream, eventId })),
    );
    events.forEach((event) => event.data());
    expect(inner.parsed).toBe(3);
  });

  it('tells writers the version of a type', () => {
    const store = upcastingEventStore(inMemoryEvents('s', given).store, upcasterRegistry([rename, addSize]));
    expect(store.schemaVersionOf?.('thing.done')).toBe(3);
    expect(store.schemaVersionOf?.('other.thing')).toBe(1);
  });

  it('fails only the payload of an event that a later program wrote', async () => {
    const inner = inMemoryEvents('s', [{ type: 'thing.done', schemaVersion: 9, data: {} }, ...given]);
    const [newer, ...others] = await upcastingEventStore(inner.store, upcasterRegistry([rename, addSize])).readStream(
      's',
    );
    expect(newer?.schemaVersion).toBe(9);
    expect(() => newer?.data()).toThrow('EVENT_STORE.NEWER_SCHEMA');
    expect(others.map((event) => event.data())).toHaveLength(3);
  });
});
